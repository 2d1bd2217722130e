/**
 * The ways to a person, as the server orders them: what is open now comes first.
 */

import { button, el } from '../../core/dom.js'
import { linkify, paragraphs } from '../../core/text.js'
import { phoneLink } from '../contact/contact.js'

/**
 * @param {RouteView[]} routes
 * @param {string} emergency
 * @param {Say} say - of the chat
 * @param {(route: RouteView) => void} chosen
 */
export function routeList(routes, emergency, say, chosen) {
  return [
    el('p', {}, ...linked(emergency, null)),
    el(
      'ul',
      { class: 'lotsen-ways', role: 'list' },
      ...routes.map((route) => el('li', { class: 'lotsen-way' }, ...way(route, say, chosen))),
    ),
  ]
}

/**
 * @param {RouteView} route
 * @param {Say} say
 * @param {(route: RouteView) => void} chosen
 */
function way(route, say, chosen) {
  const { id, title, text, available, form, contact } = route
  const press = { 'data-way': id, click: () => chosen(route) }
  const phone = id === 'phone' && contact?.phone
  return [
    phone
      ? phoneLink(phone, contact.phone_href, say)
      : el('p', { class: 'lotsen-way__title' }, title),
    ...paragraphs(text).map((line) => el('p', {}, ...linked(line, phone ? null : contact))),
    form && available && button(title, press),
  ]
}

/**
 * @param {string} line
 * @param {Contact | null} contact - whose number and address become links
 */
function linked(line, contact) {
  const links = [
    { text: '112', href: 'tel:112' },
    { text: contact?.phone ?? '', href: contact?.phone_href ?? '' },
    { text: contact?.email ?? '', href: `mailto:${contact?.email}` },
  ]
  return linkify(line, links).map((part) =>
    typeof part === 'string' ? part : el('a', { href: part.href }, part.text),
  )
}
