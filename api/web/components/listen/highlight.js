/**
 * Marks the sentence that is being read. It changes no text and no role, so that a screen reader
 * meets the answer as it was.
 */

/** Of the highlight, and of the class where a browser has no highlights. */
const NAME = 'lotsen-spoken'
/** Of a phone: the sentence may be said of a card that shows little more. */
const NUMBER = /\d[\d –-]{4,}\d/
const BLOCK = 'p, li, dt, dd, h1, h2, h3, h4, div'

/**
 * @param {Element} root
 * @param {string} text - as it is written
 * @param {boolean} on
 */
export function highlight(root, text, on) {
  for (const marked of root.querySelectorAll(`.${NAME}`)) marked.classList.remove(NAME)
  const { highlights } = CSS
  highlights?.delete(NAME)
  const range = on ? find(root, text) : null
  if (range && highlights) highlights.set(NAME, new Highlight(range))
  else range?.startContainer.parentElement?.closest(BLOCK)?.classList.add(NAME)
  return range
}

/**
 * Where a sentence stands. What only speech adds, such as "One: ", is left out.
 *
 * @param {Element} root
 * @param {string} text
 */
export function find(root, text) {
  const { written, places } = read(root)
  for (const words of ways(text)) {
    const at = written.indexOf(words)
    if (at < 0) continue
    const [first, last] = [places[at], places[at + words.length - 1]]
    if (!first || !last) continue
    const range = new Range()
    range.setStart(...first)
    range.setEnd(last[0], last[1] + 1)
    return range
  }
  return null
}

/** @param {string} text */
function* ways(text) {
  const whole = text.replace(/\s+/g, ' ').trim()
  const listed = whole.replace(/^\p{L}+( \p{L}+)?: /u, '')
  for (const words of [whole, listed]) {
    if (words) yield words
    const bare = words.replace(/[.!?:]+$/, '')
    if (bare) yield bare
  }
  const number = whole.match(NUMBER)
  if (number) yield number[0]
}

/**
 * All text with one space for any gap, and where each of its characters stands.
 *
 * @param {Element} root
 */
function read(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let written = ''
  /** @type {[Text, number][]} */
  const places = []
  /** @type {Element | null | undefined} */
  let block
  let gap = false
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode)
    const own = node.parentElement?.closest(BLOCK)
    gap ||= own !== block
    block = own
    for (const [at, sign] of [...node.data.split('')].entries()) {
      gap ||= /\s/.test(sign)
      if (/\s/.test(sign)) continue
      if (gap && written && !written.endsWith(' ')) {
        written += ' '
        places.push([node, at])
      }
      written += sign
      places.push([node, at])
      gap = false
    }
  }
  return { written, places }
}
