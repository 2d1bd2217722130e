/**
 * The conversation as a plain list in a region that scrolls, in the order of the numbers, with
 * unsent messages last.
 */

import { el } from '../../core/dom.js'

/** Long enough that a count read while typing is read once the typing rests. */
const REST_MS = 1000
const OVER_MS = 10_000

export class Log {
  /**
   * @param {Say} say
   * @param {boolean} page - then it does not scroll by itself
   */
  constructor(say, page) {
    this.list = el('ul', { class: 'lotsen-log', role: 'list' })
    this.typing = el('p', { class: 'lotsen-typing', hidden: true }, say('typing'))
    this.before = el('div', { class: 'lotsen-before' })
    this.after = el('div', { class: 'lotsen-after' })
    // What scrolls must be reachable by keyboard.
    this.root = el(
      'div',
      page
        ? { class: 'lotsen-scroll', tabindex: -1 }
        : { class: 'lotsen-scroll', tabindex: 0, role: 'region', 'aria-label': say('log') },
      this.before,
      this.list,
      this.typing,
      this.after,
    )
  }

  /**
   * @param {HTMLElement} item
   * @param {number} number
   */
  add(item, number) {
    const later = this.#items.find((other) => Number(other.dataset['number'] ?? Infinity) > number)
    this.list.insertBefore(item, later ?? null)
  }

  /** @param {string} key */
  pending(key) {
    return this.#items.find((item) => item.dataset['key'] === key)
  }

  /** @param {number | null} number */
  question(number) {
    return this.#items.find((item) => item.dataset['number'] === String(number))
  }

  clear() {
    this.list.replaceChildren()
    this.after.replaceChildren()
    this.typing.hidden = true
  }

  /**
   * Show the newest, but never so that the beginning of it is scrolled away.
   *
   * @param {HTMLElement} [item] - what is to be read first
   */
  follow(item) {
    const first = item ?? this.#items.at(-1)
    if (!first) return
    const { root } = this
    const margin = first.offsetTop - root.offsetTop - 8
    root.scrollTop = Math.min(margin, root.scrollHeight - root.clientHeight)
    // On a page the log itself does not scroll.
    if (root.scrollHeight <= root.clientHeight) first.scrollIntoView({ block: 'start' })
  }

  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.list.children])
  }
}

/**
 * The one live region: what is said here is read aloud once, without moving focus. The visible
 * log is a plain list, or every answer would be heard twice.
 */
export class Announcer {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #over
  /** @type {HTMLElement | undefined} */
  #only

  constructor() {
    this.root = el('div', { class: 'lotsen-visually-hidden', 'aria-live': 'polite' })
  }

  /**
   * Add to what is being read; what sayOnly said is over.
   *
   * @param {string} text
   * @param {string | null} [language]
   */
  say(text, language) {
    this.#only?.remove()
    this.#add(el('p', { lang: language, dir: 'auto' }, text))
  }

  /**
   * Say something new; what was said before is over.
   *
   * @param {string} text
   */
  sayOnly(text) {
    this.root.replaceChildren()
    this.#add((this.#only = el('p', {}, text)))
  }

  /** @param {HTMLElement} said */
  #add(said) {
    this.root.append(said)
    clearTimeout(this.#over)
    this.#over = setTimeout(() => this.root.replaceChildren(), OVER_MS)
  }

  /**
   * Say it once nothing newer comes for a while.
   *
   * @param {string} text - none: say nothing after all
   */
  sayAtRest(text) {
    clearTimeout(this.#timer)
    if (text) this.#timer = setTimeout(() => this.sayOnly(text), REST_MS)
  }
}
