/**
 * Take the conversation along: to the clipboard, as a file, on paper.
 */

import { el } from '../../core/dom.js'

/**
 * @param {Promise<string>} text - not yet there, since a browser lets the clipboard be written only
 *   at the press of a button
 */
export async function copy(text) {
  try {
    const blob = text.then((words) => new Blob([words], { type: 'text/plain' }))
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })])
    return 'copied'
  } catch {
    // No clipboard without https, or not allowed here: a file does as well.
    save(await text)
    return 'saved'
  }
}

/** @param {string} text */
function save(text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  el('a', { href: address, download: 'samtal.txt' }).click()
  URL.revokeObjectURL(address)
}

/**
 * Print the conversation and not the page it stands on.
 *
 * @param {string} text
 * @param {Node} place - where a frame that nobody sees may be put
 */
export function print(text, place) {
  const frame = el('iframe', { class: 'lotsen-paper', 'aria-hidden': 'true', tabindex: -1 })
  place.appendChild(frame)
  const paper = frame.contentWindow
  if (!paper) return
  const sheet = paper.document.createElement('pre')
  sheet.textContent = text
  sheet.style.setProperty('white-space', 'pre-wrap')
  sheet.style.setProperty('font', '12pt/1.5 sans-serif')
  paper.document.body.append(sheet)
  paper.addEventListener('afterprint', () => frame.remove(), { once: true })
  paper.focus()
  paper.print()
}
