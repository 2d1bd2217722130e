/**
 * Questions to press instead of writing them.
 */

import { el } from '../../core/dom.js'

/**
 * @param {string} title
 * @param {{ title: string, payload: string }[]} choices
 * @param {(payload: string, title: string) => void} chosen
 */
export function suggestions(title, choices, chosen) {
  if (!choices.length) return null
  return el(
    'div',
    { class: 'lotsen-suggestions', role: 'group', 'aria-label': title },
    el('p', { class: 'lotsen-suggestions__title', 'aria-hidden': 'true' }, title),
    el(
      'ul',
      { role: 'list' },
      ...choices.map(({ title, payload }) =>
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', class: 'lotsen-suggestion', click: () => chosen(payload, title) },
            title,
          ),
        ),
      ),
    ),
  )
}
