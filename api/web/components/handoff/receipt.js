/**
 * What was asked for, its number, and how to take it back.
 */

import { Fault } from '../../core/api.js'
import { button, el } from '../../core/dom.js'
import { asked } from './asked.js'
import { number } from './mail.js'
import { cancel, readCallback } from './requests.js'

/**
 * @param {Hand} hand
 * @param {string} title
 * @param {{ receipt: string, text: string, lines: string[], can_cancel?: boolean }} told
 * @returns {Step}
 */
export function receipt(hand, title, { receipt, text, lines, can_cancel = true }) {
  const { say } = hand
  const heading = el('h3', { class: 'lotsen-form__title', tabindex: -1 }, title)
  const status = el('p', {}, text)
  const more = el(
    'div',
    { class: 'lotsen-form' },
    lines.length > 0 && el('ul', {}, ...lines.map((line) => el('li', { dir: 'auto' }, line))),
    el('p', {}, say('receiptKeep')),
    asked(say, ['cancel', 'cancelAsk', 'cancelYes', 'keep'], {}, async () => {
      status.textContent = await takeBack(hand)
      more.remove()
      heading.focus()
      hand.announce(status.textContent)
    }).root,
  )
  const root = el(
    'div',
    { class: 'lotsen-form' },
    button(say('back'), { click: () => hand.back() }),
    heading,
    number(hand, receipt),
    status,
    can_cancel && more,
  )
  return { root, focus: () => heading.focus() }
}

/**
 * The same, some time later.
 *
 * @param {Hand} hand
 */
export async function later(hand) {
  const { say, conversation } = hand
  const key = conversation.memory.callback ?? { receipt: '', secret: '' }
  const told = await readCallback(conversation.api, key)
  if (!told.can_cancel) conversation.memory.keep({ callback: null }) // Told once: it is over.
  return receipt(hand, say('booked'), { ...told, receipt: key.receipt })
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
