/**
 * All that is loaded once somebody wants a person begins here.
 */

import { el } from '../../core/dom.js'
import { voice } from '../../core/text.js'
import { Handoff } from './handoff.js'
import { sv } from './strings.js'

const STYLE = 'assets/components/handoff/handoff.css'

/** @param {Help} help */
export async function start(help) {
  const english = help.setup.conversation.api.language() === 'en'
  const words = english ? (await import('./strings.en.js')).en : sv
  await styled(help)
  return new Handoff(help, voice(words))
}

/**
 * Nothing is shown bare: its style comes first, or is known not to come.
 *
 * @param {Help} help
 */
function styled({ root, setup }) {
  const shadow = /** @type {ShadowRoot} */ (root.getRootNode())
  const href = setup.settings.server + STYLE
  if (shadow.querySelector(`link[href="${href}"]`)) return Promise.resolve()
  const style = el('link', { rel: 'stylesheet', href })
  shadow.append(style) // After chat.css, which it changes.
  return new Promise((resolve) => {
    style.addEventListener('load', resolve)
    style.addEventListener('error', resolve)
  })
}
