/**
 * Whose assistant this is, that it is a machine, and the two things always at hand.
 */

import { el, icon } from '../../core/dom.js'

/** @param {HeaderSetup} setup */
export function header({ say, name, logo, menu, close, page }) {
  // The page has said whose it is in its own heading.
  if (page) {
    const title = el('h2', { class: 'lotsen-header__name', id: 'lotsen-name' }, say('log'))
    return el('header', { class: 'lotsen-header lotsen-header--page' }, title, menu)
  }
  return el(
    'header',
    { class: 'lotsen-header' },
    logo && el('img', { class: 'lotsen-header__logo', src: logo, alt: '' }),
    el(
      'div',
      { class: 'lotsen-header__words' },
      el('h2', { class: 'lotsen-header__name', id: 'lotsen-name', tabindex: -1 }, name),
      el('p', { class: 'lotsen-header__machine' }, say('machine')),
    ),
    menu,
    close &&
      el(
        'button',
        { type: 'button', class: 'lotsen-header__button', click: close },
        icon('close'),
        say('close'),
      ),
  )
}
