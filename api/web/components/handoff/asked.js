/**
 * A button whose deed can't be undone: it asks first, and the answer stands beside it.
 */

import { Fault } from '../../core/api.js'
import { button, el } from '../../core/dom.js'

/**
 * @param {HandoffSay} say
 * @param {readonly [HandoffKey, HandoffKey, HandoffKey, HandoffKey]} words - what it does, the
 *   question, yes and no
 * @param {Record<string, string>} values - for the words
 * @param {() => Promise<void>} act
 */
export function asked(say, [first, question, yes, no], values, act) {
  const problem = el('p', { class: 'lotsen-field__error', role: 'none', hidden: true })
  const title = el('p', { tabindex: -1 }, say(question, values))
  const opener = button(say(first), { 'aria-expanded': 'false', click: () => open(true) })
  const box = el(
    'div',
    { class: 'lotsen-asked__question', hidden: true },
    title,
    problem,
    button(say(yes), { class: 'lotsen-button lotsen-button--primary', click: () => void deed() }),
    button(say(no), { click: () => (open(false), opener.focus()) }),
  )

  /** @param {boolean} asking */
  function open(asking) {
    box.hidden = !asking
    opener.hidden = asking
    problem.hidden = true
    if (asking) title.focus()
  }

  async function deed() {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      problem.textContent = (!error.lost && error.message) || say('leaveLost')
      problem.hidden = false
      problem.tabIndex = -1
      problem.focus()
    }
  }
  return el('div', { class: 'lotsen-asked' }, opener, box)
}
