/**
 * How a person is reached, in words and numbers: the way that is open now first.
 */

import { el } from '../core/dom.js'
import { code, contactCard, marked } from './contact.js'
import { button } from './frame.js'

/**
 * @param {KioskHand} hand
 * @returns {KioskScreen}
 */
export function personScreen(hand) {
  const { say, record, close } = hand
  const { lines } = record.person
  return {
    own: 'person',
    title: say('person'),
    read: [
      el('p', { class: 'kiosk-lead' }, say('person_lead')),
      el(
        'ul',
        { class: 'kiosk-ways' },
        ...lines.map(({ title, text, phone, qr }) =>
          el(
            'li',
            {},
            el('strong', {}, title),
            el('p', {}, ...marked(text, phone ? [{ text: phone, href: address(phone) }] : [])),
            qr && code(qr, say('qr_callback'), say('qr_hint')),
          ),
        ),
      ),
      el('p', {}, say('person_staff')),
      el('p', { class: 'kiosk-notice' }, record.emergency),
    ],
    touch: [
      ...record.contacts.map((contact) => contactCard(contact, hand)),
      record.chat_qr
        ? el(
            'div',
            { class: 'kiosk-card' },
            el('h2', {}, say('chat_qr')),
            code(record.chat_qr, say('qr_chat'), say('qr_hint')),
          )
        : null,
      button('', say('close'), close, { class: 'kiosk-button kiosk-button--wide' }),
    ],
  }
}

/** @param {string} phone */
function address(phone) {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}
