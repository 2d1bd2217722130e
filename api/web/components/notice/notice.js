/**
 * Something to know before asking: a closed telephone, an assistant that is switched off, or an
 * outage with the number to call instead.
 */

import { button, el, icon } from '../../core/dom.js'
import { phoneLink } from '../contact/contact.js'

/**
 * @param {'info' | 'alert'} sort
 * @param {...Child} children
 */
export function notice(sort, ...children) {
  return el(
    'div',
    { class: `lotsen-notice lotsen-notice--${sort}` },
    icon(sort),
    el('div', { class: 'lotsen-notice__text' }, ...children),
  )
}

/**
 * The number to call instead: of the record, else of the page that embeds the chat, else words.
 *
 * @param {Contact[]} contacts
 * @param {string} phone
 * @param {Say} say
 */
export function callInstead(contacts, phone, say) {
  const contact = contacts.find((one) => one.phone)
  const number = contact?.phone ?? phone
  if (!number) return [el('p', {}, say('callSwitchboard'))]
  return [
    el('p', {}, say('callInstead')),
    contact && el('p', { class: 'lotsen-contact__name' }, contact.name),
    phoneLink(number, contact?.phone_href ?? null, say),
    contact?.phone_hours &&
      el('p', { class: 'lotsen-contact__more' }, say('hours', { hours: contact.phone_hours })),
  ]
}

/**
 * @param {Contact[]} contacts
 * @param {{ say: Say, settings: { phone: string } }} setup
 * @param {() => void} again
 */
export function lostNotice(contacts, { say, settings }, again) {
  return notice(
    'alert',
    el('p', {}, say('unreachable')),
    button(say('tryAgain'), { click: again }),
    ...callInstead(contacts, settings.phone, say),
  )
}

/**
 * What became of a message that has not arrived.
 *
 * @param {Pending} pending
 * @param {Contact[]} contacts
 * @param {{ say: Say, settings: { phone: string } }} setup
 * @param {() => void} again
 */
export function unsentNotice({ state, reason }, contacts, { say, settings }, again) {
  const root = el('div', { class: 'lotsen-unsent' })
  if (state === 'retrying') {
    root.append(el('p', {}, say('tryingAgain')))
    return root
  }
  const status = el('p', { class: 'lotsen-unsent__status' }, say('notSent'))
  const why = el('p', {}, reason || say('unreachable'))
  const way = callInstead(contacts, settings.phone, say)
  root.append(notice('alert', status, why, button(say('sendAgain'), { click: again }), ...way))
  return root
}
