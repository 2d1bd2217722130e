/**
 * Who answers, with a number that can be read across a room, be said aloud, and be read by a
 * telephone's camera. Nothing here dials.
 */

import { el } from '../core/dom.js'
import { linkify } from '../core/text.js'
import { button } from './frame.js'

/**
 * @param {KioskContact} contact
 * @param {KioskHand} hand
 */
export function contactCard(contact, hand) {
  const { say, readNumber } = hand
  const { name, job, how, phone, email, visit_address, status } = contact
  // Only the record knows of pictures and hours.
  const known = hand.record.contacts.find(({ id }) => id === contact.id)
  const hours = contact.phone_hours ?? known?.phone_hours
  const read =
    phone && readNumber
      ? button('listen', say('read_number'), () => readNumber(contact), {
          class: 'kiosk-button kiosk-button--read',
          'aria-label': `${say('read_number')}: ${name}`,
        })
      : null
  return el(
    'div',
    { class: 'kiosk-card kiosk-contact' },
    el(
      'div',
      { class: 'kiosk-contact__words' },
      el('h2', {}, name),
      job && el('p', {}, job),
      phone && number(phone),
      status && openState(contact),
      hours && el('p', {}, say('hours', { hours })),
      how && el('p', {}, how),
      email && el('p', {}, say('email', { email })),
      visit_address && el('p', {}, say('visit', { address: visit_address })),
    ),
    phone && known?.qr && code(known.qr, say('qr_phone', { number: phone }), say('qr_hint')),
    read,
  )
}

/** @param {string} phone */
export function number(phone) {
  return el('p', { class: 'kiosk-number' }, phone)
}

/** @param {Contact} contact */
export function openState({ status, open_now }) {
  const state = open_now == null ? '' : open_now ? ' kiosk-open--yes' : ' kiosk-open--no'
  return el('p', { class: `kiosk-open${state}` }, status)
}

/**
 * @param {string} address
 * @param {string} words - what it is
 * @param {string} hint - how it is used
 */
export function code(address, words, hint) {
  return el(
    'figure',
    { class: 'kiosk-code' },
    el('img', { src: address, alt: words, width: 180, height: 180 }),
    el('figcaption', {}, hint),
  )
}

/**
 * Numbers stand out and are never broken.
 *
 * @param {string} text
 * @param {Link[]} links
 */
export function marked(text, links) {
  return linkify(text, links).map((part) =>
    typeof part === 'string' ? part : el('strong', { class: 'kiosk-known' }, part.text),
  )
}
