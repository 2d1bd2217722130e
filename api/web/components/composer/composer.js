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
      el(
        'div',
        { class: 'lotsen-composer__row' },
        this.input,
        el(
          'button',
          { class: 'lotsen-composer__send lotsen-button lotsen-button--primary' },
          say('send'),
          icon('send'),
        ),
      ),
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

  /** Characters that are left; people count them as one each, also beyond the first plane. */
  get #left() {
    return this.setup.limit - [...this.input.value.trim()].length
  }

  #count() {
    const left = this.#left
    const near = left < this.setup.limit * (1 - NEAR)
    const words = this.setup.say(left < 0 ? 'tooMany' : 'left', { n: Math.abs(left) })
    this.count.textContent = near ? words : ''
    this.count.classList.toggle('lotsen-composer__count--over', left < 0)
    if (left < 0) this.input.setAttribute('aria-invalid', 'true')
    else this.input.removeAttribute('aria-invalid')
    this.setup.announceAtRest(near ? words : '')
    this.#grow()
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
    if (this.#left < 0) {
      this.setup.announce(this.setup.say('shorten', { n: -this.#left }))
      return
    }
    this.write('')
    this.setup.send(text)
  }
}
