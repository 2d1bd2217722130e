/**
 * The question and its answer in large type, where the answer is from, whom to call, and what may
 * be asked next. It is all text: nothing leads out of the kiosk.
 */

import { el } from '../core/dom.js'
import { paragraphs } from '../core/text.js'
import { code, contactCard, marked, number } from './contact.js'
import { button } from './frame.js'
import { sign } from './signs.js'

/**
 * @param {KioskHand} hand
 * @param {KioskExchange} exchange
 * @returns {KioskScreen}
 */
export function answerScreen(hand, exchange) {
  const { say } = hand
  const { replies, question, masked, state, crisis } = exchange
  const aloud = el(
    'div',
    { class: crisis ? 'kiosk-answer kiosk-answer--crisis' : 'kiosk-answer' },
    ...replies.map(answer),
  )
  const answered = state === 'answered'
  return {
    title: answered ? say(crisis ? 'crisis' : 'answer') : say('question'),
    aloud,
    read: [
      // Who stands in danger does not get their words shown to the room.
      !crisis && el('p', { class: 'kiosk-question', dir: 'auto' }, say('youAsked', { question })),
      masked && el('p', { class: 'kiosk-notice' }, say('masked')),
      answered ? aloud : waiting(hand, exchange),
      ...(crisis ? [] : sources(hand, replies)),
    ],
    touch: answered ? [crisis && emergency(hand, replies), ...next(hand, replies, crisis)] : [],
  }
}

/**
 * @param {KioskHand} hand
 * @param {KioskExchange} exchange
 */
function waiting({ say, again }, { state, reason }) {
  if (state !== 'failed') return el('p', { class: 'kiosk-waiting' }, say('sending'))
  return el(
    'div',
    { class: 'kiosk-problem', role: 'alert' },
    el('p', {}, reason || say('not_sent')),
    button('again', say('try_again'), again, { class: 'kiosk-button kiosk-button--primary' }),
  )
}

/** @param {MessageView} message */
function answer(message) {
  const { text, body, items, links, lang } = message
  const [first, ...rest] = paragraphs(body ?? text).map((line) =>
    el('p', {}, ...marked(line, links)),
  )
  return el(
    'div',
    { lang, dir: 'auto' },
    first,
    items.length > 0 && el('ul', {}, ...items.map((item) => el('li', {}, ...marked(item, links)))),
    ...rest,
  )
}

/**
 * @param {KioskHand} hand
 * @param {MessageView[]} replies
 */
function sources({ say, record }, replies) {
  return replies.flatMap(({ source, lang, body }) => {
    if (!source?.line || body === null) return []
    const page = record.pages.find(({ title }) => title === source.title)
    return [
      el('p', { class: 'kiosk-source', lang }, source.line),
      page && code(page.qr, say('qr_page', { title: page.title }), say('page_qr')),
    ].filter((node) => node !== undefined)
  })
}

/**
 * @param {KioskHand} hand
 * @param {MessageView[]} replies
 */
function emergency({ record }, replies) {
  const call = replies.flatMap(({ links }) => links).find(({ href }) => href === 'tel:112')
  if (!call) return null
  const words = el('p', {}, record.emergency)
  const told = el('div', {}, words, number(call.text))
  return el('div', { class: 'kiosk-card kiosk-emergency' }, sign('alert'), told)
}

/**
 * @param {KioskHand} hand
 * @param {MessageView[]} replies
 * @param {boolean} crisis
 */
function next(hand, replies, crisis) {
  const { say, ask, go } = hand
  const asked = replies.some(({ kind }) => kind === 'clarify')
  const choices = replies.at(-1)?.quick_replies ?? []
  const label = say(asked ? 'choose' : 'follow')
  const contacts = new Map(replies.flatMap((one) => one.contacts).map((one) => [one.id, one]))
  const cards = asked || crisis ? [] : [...contacts.values()]
  const offers =
    choices.length > 0 &&
    el(
      'div',
      { class: 'kiosk-choices', role: 'group', 'aria-label': label },
      el('h2', { 'aria-hidden': 'true' }, label),
      ...choices.map(({ title, payload }) => button('', title, () => ask(payload, title))),
    )
  const write = button('keyboard', say('write'), () => go('ask'), {
    class: 'kiosk-button kiosk-button--wide',
  })
  const cardNodes = cards.map((contact) => contactCard(contact, hand))
  return asked ? [offers, write] : [...cardNodes, offers, write]
}
