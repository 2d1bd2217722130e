/**
 * The style of a part that is loaded when it is first used.
 */

import { el } from './dom.js'

/**
 * Nothing is shown bare: its style comes first, or is known not to come.
 *
 * @param {HTMLElement} root - of the panel; the style stands beside it, after chat.css, which it changes
 * @param {string} href
 */
export function styled(root, href) {
  const shadow = /** @type {ShadowRoot} */ (root.getRootNode())
  if (shadow.querySelector(`link[href="${href}"]`)) return Promise.resolve()
  const style = el('link', { rel: 'stylesheet', href })
  shadow.append(style)
  return new Promise((resolve) => {
    style.addEventListener('load', resolve)
    style.addEventListener('error', resolve)
  })
}
