/**
 * The first screen: the language, and the commonest questions as tiles. Nothing has to be typed.
 */

import { el } from '../core/dom.js'
import { contactCard } from './contact.js'
import { button } from './frame.js'
import { sign } from './signs.js'

/**
 * @param {KioskHand} hand
 * @returns {KioskScreen}
 */
export function startScreen(hand) {
  const { say, record, language, ask, go } = hand
  const { code, direction, machine, privacy } = language
  const { closed_message, contacts } = record
  const foreign = code !== record.language && { lang: code, dir: direction }
  return {
    own: 'start',
    title: record.open ? say('start') : say('closed'),
    read: [
      el('p', { class: 'kiosk-machine', ...foreign }, el('strong', {}, machine), ' ', privacy),
      ...record.notices.map(({ text }) => el('p', { class: 'kiosk-notice' }, text)),
    ],
    touch: record.open
      ? [
          languages(hand),
          el(
            'div',
            { class: 'kiosk-choose' },
            tiles(record.tiles, say('tiles'), ask),
            button('keyboard', say('write'), () => go('ask'), {
              class: 'kiosk-button kiosk-write',
            }),
          ),
        ]
      : [
          closed_message ? el('p', { class: 'kiosk-notice' }, closed_message) : null,
          ...contacts.map((contact) => contactCard(contact, hand)),
        ],
  }
}

/** @param {KioskHand} hand */
function languages({ say, record, language, speak }) {
  if (record.languages.length < 2) return null
  return el(
    'div',
    { class: 'kiosk-languages', role: 'group', 'aria-label': say('language') },
    ...record.languages.map(({ code, name }) =>
      el(
        'button',
        {
          type: 'button',
          class: 'kiosk-button',
          lang: code,
          'aria-pressed': String(code === language.code),
          click: () => speak(code),
        },
        name,
      ),
    ),
  )
}

/**
 * @param {KioskTile[]} questions
 * @param {string} label
 * @param {(text: string) => void} ask
 */
function tiles(questions, label, ask) {
  return el(
    'ul',
    { class: 'kiosk-tiles', role: 'list', 'aria-label': label },
    ...questions.map((tile) =>
      el(
        'li',
        {},
        el(
          'button',
          { type: 'button', class: 'kiosk-tile', click: () => ask(tile.title) },
          sign(tile.sign),
          el('span', {}, tile.title),
        ),
      ),
    ),
  )
}
