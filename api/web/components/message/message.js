/**
 * One turn of the conversation, as an item of a plain list.
 */

import { el } from '../../core/dom.js'
import { linkify, paragraphs } from '../../core/text.js'
import { contactCard } from '../contact/contact.js'
import { emergencyCall, quickExit } from '../crisis/crisis.js'

/** @type {Record<MessageView['sender'], Key>} */
const WHO = {
  citizen: 'youWrote',
  assistant: 'assistantWrote',
  agent: 'agentWrote',
  notice: 'noticeWrote',
}

/**
 * What is read aloud of it: only a person's name says who wrote.
 *
 * @param {MessageView} message
 * @param {Say} say
 */
export function heard(message, say) {
  return message.sender === 'agent' ? `${whoWrote(message, say)}: ${message.text}` : message.text
}

/**
 * @param {MessageView} message
 * @param {Around} around
 */
export function messageItem(message, { say, forget, actions }) {
  const { sender, kind, source, masked } = message
  const crisis = kind === 'crisis'
  const [exit, hint] = quickExit(message, say, forget)
  return item(
    crisis ? 'crisis' : sender,
    { 'data-number': message.number },
    who(whoWrote(message, say), sender === 'agent'),
    crisis && emergencyCall(message, say),
    exit,
    el('div', { class: 'lotsen-message__body', lang: message.lang, dir: 'auto' }, ...body(message)),
    hint,
    masked && sender === 'citizen' && el('p', { class: 'lotsen-message__note' }, say('masked')),
    source?.line &&
      message.body !== null &&
      el('p', { class: 'lotsen-source', lang: message.lang }, source.line),
    ...contacts(message).map((contact) => contactCard(contact, say)),
    ...actions(message),
  )
}

/**
 * What was written and is not known to have arrived.
 *
 * @param {Pending} pending
 * @param {Say} say
 */
export function pendingItem({ key, text }, say) {
  return item(
    'citizen',
    { 'data-key': key },
    who(say('youWrote')),
    el('div', { class: 'lotsen-message__body', dir: 'auto' }, ...texts(text, [])),
  )
}

/**
 * The first bubble, which the widget says by itself.
 *
 * @param {MunicipalityRecord['assistant']} assistant
 * @param {string | null} about - the address of the page about the assistant
 * @param {Say} say
 */
export function greetingItem({ greeting, is_machine, can_do, notice_privacy }, about, say) {
  const more = about && el('a', { href: about, target: '_blank', rel: 'noopener' }, say('about'))
  return item(
    'assistant',
    {},
    who(say('assistantWrote')),
    el(
      'div',
      { class: 'lotsen-message__body' },
      el('p', {}, greeting),
      el('p', {}, is_machine, ' ', can_do),
      el('p', {}, notice_privacy),
      more && el('p', {}, more),
    ),
  )
}

/**
 * @param {string} sort
 * @param {Record<string, string | number>} attributes
 * @param {...Child} children
 */
function item(sort, attributes, ...children) {
  const names = `lotsen-message lotsen-message--${sort}`
  return el('li', { class: names, ...attributes }, ...children)
}

/**
 * @param {MessageView} message
 * @param {Say} say
 */
function whoWrote({ sender, agent }, say) {
  return say(WHO[sender], { name: agent || say('agent') })
}

/**
 * @param {string} words
 * @param {boolean} [seen] - a person's name is for all, the rest is told by the looks
 */
function who(words, seen = false) {
  return el('p', { class: `lotsen-message__who${seen ? '' : ' lotsen-visually-hidden'}` }, words)
}

/** @param {MessageView} message */
function body({ text, body, items, links }) {
  const [first, ...rest] = texts(body ?? text, links)
  const list = el('ul', {}, ...items.map((entry) => el('li', {}, ...linked(entry, links))))
  return [first, items.length > 0 && list, ...rest]
}

/**
 * @param {string} text
 * @param {Link[]} links
 */
function texts(text, links) {
  return paragraphs(text).map((line) => el('p', {}, ...linked(line, links)))
}

/**
 * @param {string} text
 * @param {Link[]} links
 */
function linked(text, links) {
  return linkify(text, links).map((part) =>
    typeof part === 'string' ? part : el('a', { href: part.href }, part.text),
  )
}

/**
 * A card only for a number that the text shown does not give, and none before choices. Where a
 * person is asked for in a language that has few words here, the card tells what is open.
 *
 * @param {MessageView} message
 */
function contacts({ kind, body, text, contacts }) {
  const shown = body ?? text
  if (kind === 'crisis' || kind === 'clarify') return []
  const told = /** @param {string} words */ (words) => shown.includes(words)
  return contacts.filter(
    ({ phone, status }) =>
      !phone || !told(phone) || (kind === 'handoff' && status && !told(status)),
  )
}
