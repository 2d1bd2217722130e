/**
 * Where the question is written. Enter sends, Shift and Enter makes a new line; nothing is cut
 * off, the writer is told how much too long it is.
 */

import { el, icon } from '../../core/dom.js'

/** From here on the writer is told how many characters are left. */
const NEAR = 0.9

export class Composer {
  /** @param {ComposerSetup} setup */
  constructor(setup) {
    this.setup = setup
    const { say } = setup
    this.count = el('p', { class: 'lotsen-composer__count', id: 'lotsen-count' })
    this.input = el('textarea', {
      class: 'lotsen-composer__input',
      id: 'lotsen-input',
      name: 'text',
      rows: 1,
      'aria-describedby': 'lotsen-hint lotsen-keys lotsen-count',
      enterkeyhint: 'send',
      autocomplete: 'off',
      input: () => this.#count(),
      keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
    })
    this.label = el('label', { class: 'lotsen-composer__label', for: 'lotsen-input' }, say('label'))
    this.root = el(
      'form',
      { class: 'lotsen-composer', submit: (event) => this.#submit(event) },
      this.label,
      writingRow(this.input, say('send')),
      el(
        'div',
        { class: 'lotsen-composer__below' },
        el('p', { class: 'lotsen-composer__hint', id: 'lotsen-hint' }, say('hint')),
        this.count,
      ),
      el('p', { class: 'lotsen-visually-hidden', id: 'lotsen-keys' }, say('keys')),
    )
  }

  focus() {
    this.input.focus()
  }

  get text() {
    return this.input.value
  }

  /** @param {string} text */
  write(text) {
    this.input.value = text
    this.#count()
  }

  #count() {
    const { say, limit, announceAtRest } = this.setup
    const left = showLeft(this.input, this.count, limit, say)
    announceAtRest(this.count.textContent ?? '')
    this.#grow()
    return left
  }

  /** As high as its text, up to what the style allows. */
  #grow() {
    this.input.style.setProperty('height', 'auto')
    const border = this.input.offsetHeight - this.input.clientHeight
    this.input.style.setProperty('height', `${this.input.scrollHeight + border}px`)
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Enter also ends the choosing of a character while composing it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    this.#submit(event)
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault()
    const text = this.input.value.trim()
    this.focus()
    if (!text) return
    const left = this.#count()
    if (left < 0) {
      this.setup.announce(this.setup.say('shorten', { n: -left }))
      return
    }
    this.write('')
    this.setup.send(text)
  }
}

/**
 * The field with its button beside it.
 *
 * @param {HTMLTextAreaElement} input
 * @param {string} send
 */
export function writingRow(input, send) {
  return el(
    'div',
    { class: 'lotsen-composer__row' },
    input,
    el(
      'button',
      { class: 'lotsen-composer__send lotsen-button lotsen-button--primary' },
      send,
      icon('send'),
    ),
  )
}

/**
 * How many characters are left, shown when they are few; people count them as one each, also
 * beyond the first plane.
 *
 * @param {HTMLTextAreaElement} input
 * @param {HTMLElement} count
 * @param {number} limit
 * @param {(key: 'tooMany' | 'left', values: { n: number }) => string} say
 */
export function showLeft(input, count, limit, say) {
  const left = limit - [...input.value.trim()].length
  const near = left < limit * (1 - NEAR)
  count.textContent = near ? say(left < 0 ? 'tooMany' : 'left', { n: Math.abs(left) }) : ''
  count.classList.toggle('lotsen-composer__count--over', left < 0)
  if (left < 0) input.setAttribute('aria-invalid', 'true')
  else input.removeAttribute('aria-invalid')
  return left
}
