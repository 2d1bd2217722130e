/**
 * What was asked for, its number, and how to take it back.
 */

import { Fault } from '../../core/api.js'
import { el } from '../../core/dom.js'
import { asked } from './asked.js'
import { told } from './form.js'
import { number } from './mail.js'
import { cancel, readCallback } from './requests.js'

/**
 * @param {Hand} hand
 * @param {string} title
 * @param {{ receipt: string, text: string, lines: string[], can_cancel?: boolean }} state
 * @returns {Step}
 */
export function receipt(hand, title, { receipt, text, lines, can_cancel = true }) {
  const { say } = hand
  const status = el('p', {}, text)
  const more = el(
    'div',
    { class: 'lotsen-form' },
    lines.length > 0 && el('ul', {}, ...lines.map((line) => el('li', { dir: 'auto' }, line))),
    el('p', {}, say('receiptKeep')),
    asked(say, ['cancel', 'cancelAsk', 'cancelYes', 'keep'], {}, async () => {
      status.textContent = await takeBack(hand)
      more.remove()
      step.focus()
      hand.announce(status.textContent)
    }),
  )
  const step = told(hand, title, number(hand, receipt), status, can_cancel && more)
  return step
}

/**
 * The same, some time later.
 *
 * @param {Hand} hand
 */
export async function later(hand) {
  const { say, conversation } = hand
  const key = conversation.memory.callback ?? { receipt: '', secret: '' }
  const state = await readCallback(conversation.api, key)
  if (!state.can_cancel) conversation.memory.keep({ callback: null }) // Told once: it is over.
  return receipt(hand, say('booked'), { ...state, receipt: key.receipt })
}

/**
 * @param {Hand} hand
 * @returns {Promise<string>} how it went
 */
async function takeBack({ say, conversation }) {
  const { api, memory } = conversation
  let text = say('callGone')
  try {
    if (memory.callback) text = (await cancel(api, memory.callback)).text
  } catch (error) {
    // Deleted when its time was up: then nobody calls either.
    if (!(error instanceof Fault && error.gone)) throw error
  }
  memory.keep({ callback: null })
  return text
}
