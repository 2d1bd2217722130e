/**
 * A way to a person: who, the number to press, whether somebody answers now.
 */

import { el, icon } from '../../core/dom.js'

/**
 * @param {Contact} contact
 * @param {Say} say
 */
export function contactCard(contact, say) {
  const { name, job, how, phone, phone_href, email, visit_address, phone_hours } = contact
  return el(
    'div',
    { class: 'lotsen-contact' },
    el('p', { class: 'lotsen-contact__name' }, name),
    job && el('p', { class: 'lotsen-contact__more' }, job),
    how && el('p', { class: 'lotsen-contact__more' }, how),
    phone && phoneLink(phone, phone_href, say),
    status(contact),
    phone_hours && el('p', { class: 'lotsen-contact__more' }, say('hours', { hours: phone_hours })),
    email &&
      el('p', {}, el('a', { class: 'lotsen-contact__email', href: `mailto:${email}` }, email)),
    visit_address &&
      el('p', { class: 'lotsen-contact__more' }, say('visit', { address: visit_address })),
  )
}

/**
 * @param {string} phone
 * @param {string | null} href
 * @param {Say} say
 */
export function phoneLink(phone, href, say) {
  const address = href?.startsWith('tel:') ? href : `tel:${phone.replace(/[^\d+]/g, '')}`
  const words = say('phone', { number: phone })
  return el('a', { class: 'lotsen-contact__phone', href: address }, icon('phone'), words)
}

/** @param {Contact} contact */
function status({ status, open_now }) {
  if (!status) return null
  const state = open_now === null ? '' : ` lotsen-contact__status--${open_now ? 'open' : 'closed'}`
  return el('p', { class: `lotsen-contact__status${state}` }, status)
}
