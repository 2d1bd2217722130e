/**
 * The server is lost: numbers that were known before, and what was asked is kept.
 */

import { el } from '../core/dom.js'
import { contactCard } from './contact.js'

/**
 * @param {KioskHand} hand
 * @param {string} question - that could not be sent
 * @returns {KioskScreen}
 */
export function awayScreen(hand, question) {
  const { say, record } = hand
  return {
    title: say('lost'),
    read: [
      el('p', { class: 'kiosk-lead' }, say('lost_text')),
      question ? el('p', { class: 'kiosk-question' }, say('lostQuestion', { question })) : null,
      el('p', { class: 'kiosk-notice' }, record.emergency),
    ],
    // Speech and pictures come from the server too.
    touch: record.contacts.map((contact) =>
      contactCard(
        { ...contact, status: null },
        { ...hand, readNumber: null, record: bare(record) },
      ),
    ),
  }
}

/**
 * @param {KioskRecord} record
 * @returns {KioskRecord}
 */
function bare(record) {
  return { ...record, contacts: record.contacts.map((contact) => ({ ...contact, qr: null })) }
}
