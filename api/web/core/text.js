/**
 * Text of an answer, taken apart for showing. Pure functions.
 */

const SAFE = /^(tel:\+?[\d*#]+|mailto:[^\s?]+|https:\/\/\S+)$/
const WORD = /[\p{L}\p{N}]/u

/**
 * @param {string} text
 */
export function paragraphs(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/**
 * Cut a text where a known number or address stands in it. The longest wins, and a number inside
 * another number is none.
 *
 * @param {string} text
 * @param {Link[]} links - what the server found in content; nothing else becomes a link
 */
export function linkify(text, links) {
  const known = links.filter((link) => link.text && SAFE.test(link.href))
  known.sort((a, b) => b.text.length - a.text.length)
  /** @type {(string | Link)[]} */
  const parts = []
  let from = 0
  for (let at = 0; at < text.length;) {
    const found = known.find(
      (link) => text.startsWith(link.text, at) && stands(text, at, link.text),
    )
    if (!found) {
      at += 1
      continue
    }
    if (at > from) parts.push(text.slice(from, at))
    parts.push(found)
    from = at += found.text.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

/**
 * @param {string} text
 * @param {number} at
 * @param {string} word
 */
function stands(text, at, word) {
  return !WORD.test(text[at - 1] ?? ' ') && !WORD.test(text[at + word.length] ?? ' ')
}

/**
 * Words with values put into them.
 *
 * @template {Record<string, string>} W
 * @param {W} words
 * @returns {(key: keyof W, values?: Record<string, string | number>) => string}
 */
export function voice(words) {
  return (key, values = {}) =>
    String(words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}
