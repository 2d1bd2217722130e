/**
 * Writing a question of one's own, on the keyboard of the screen.
 */

import { el } from '../core/dom.js'
import { button } from './frame.js'
import { keyboard } from './keyboard.js'

/**
 * @param {KioskHand} hand
 * @returns {KioskScreen}
 */
export function askScreen(hand) {
  const { say, record, native, keep, close } = hand
  const problem = el('p', { class: 'kiosk-problem', id: 'kiosk-problem', role: 'alert' })
  const field = el('textarea', {
    class: 'kiosk-field',
    id: 'kiosk-field',
    rows: 2,
    inputmode: native ? 'text' : 'none',
    autocomplete: 'off',
    autocorrect: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': 'kiosk-hint kiosk-problem',
    input: () => {
      keep(field.value)
      check()
    },
    keydown: (/** @type {Event} */ event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      send()
    },
  })
  field.value = hand.draft

  /** Whether it is short enough. */
  function check() {
    const over = [...field.value.trim()].length - record.limits.message
    problem.textContent = over > 0 ? say('too_long', { number: over }) : ''
    field.setAttribute('aria-invalid', String(over > 0))
    return over <= 0
  }

  function send() {
    const text = field.value.trim()
    if (!text || !check()) return field.focus()
    keep('')
    hand.ask(text)
  }

  const clear = () => {
    field.value = ''
    field.dispatchEvent(new Event('input'))
    field.focus()
  }
  const keys = native ? null : keyboard(field, say, send).root
  return {
    title: say('write'),
    field,
    read: [el('p', { id: 'kiosk-hint' }, say('hint'))],
    touch: [
      el(
        'div',
        { class: 'kiosk-own' },
        el('label', { class: 'kiosk-label', for: 'kiosk-field' }, say('label')),
        field,
        el(
          'div',
          { class: 'kiosk-row' },
          button('send', say('send'), send, { class: 'kiosk-button kiosk-button--primary' }),
          button('', say('clearField'), clear),
          button('', say('close'), close),
        ),
        problem,
        hand.microphone && hand.microphone(field),
      ),
      keys,
    ],
  }
}
