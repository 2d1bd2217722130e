/**
 * A list that follows its data without losing the reader's place: an item that is still there
 * keeps its element, and with it focus and selection.
 */

/**
 * @template Item
 */
export class KeyedList {
  /** @type {Map<string, { root: HTMLElement, update: (item: Item) => void }>} */
  #parts = new Map()

  /**
   * @param {HTMLElement} root
   * @param {(item: Item) => string} key
   * @param {(item: Item) => { root: HTMLElement, update: (item: Item) => void }} make
   * @param {() => void} [bereft] - what had focus is gone
   */
  constructor(root, key, make, bereft) {
    this.root = root
    this.key = key
    this.make = make
    this.bereft = bereft
  }

  /** @param {Item[]} items */
  update(items) {
    const wanted = new Set(items.map(this.key))
    let bereft = false
    for (const [key, part] of this.#parts) {
      if (wanted.has(key)) continue
      bereft ||= part.root.contains(document.activeElement)
      part.root.remove()
      this.#parts.delete(key)
    }
    items.forEach((item, place) => this.#put(item, place))
    if (bereft) this.bereft?.()
  }

  /**
   * @param {Item} item
   * @param {number} place
   */
  #put(item, place) {
    const key = this.key(item)
    let part = this.#parts.get(key)
    if (!part) {
      part = this.make(item)
      this.#parts.set(key, part)
    }
    part.update(item)
    const there = this.root.children[place]
    // An element that is moved loses focus: only what stands wrong is.
    if (there !== part.root) this.root.insertBefore(part.root, there ?? null)
  }
}

/**
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/**
 * Something shown only when there is something to say.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
export function tell(element, text) {
  setText(element, text)
  element.hidden = !text
}
