/**
 * "Are you still there?", with the seconds that are left. A screen reader is told them now and
 * then, not each of them.
 */

import { el } from '../core/dom.js'
import { sign } from './signs.js'

const TOLD_EVERY = 10

export class IdleDialog {
  /** @type {HTMLDialogElement | null} */
  #dialog = null
  #count = el('p', { class: 'kiosk-dialog__count', 'aria-hidden': 'true' })
  #text = el('p', { id: 'kiosk-idle-text' })
  #told = el('p', { class: 'kiosk-hidden', role: 'status' })
  /** @type {Element | null} */
  #before = null

  /**
   * @param {HTMLElement} root
   * @param {{ stay: () => void, end: () => void }} deeds
   */
  constructor(root, { stay, end }) {
    this.root = root
    this.stay = stay
    this.end = end
  }

  get open() {
    return this.#dialog !== null
  }

  /**
   * @param {number} seconds - left
   * @param {KioskSay} say
   */
  show(seconds, say) {
    this.#count.textContent = String(seconds)
    this.#text.textContent = say('idle_text', { number: seconds })
    if (!this.#dialog) this.#open(say)
    else if (seconds % TOLD_EVERY === 0) this.#told.textContent = this.#text.textContent
  }

  close() {
    if (!this.#dialog) return
    this.#dialog.close()
    this.#dialog.remove()
    this.#dialog = null
    this.#told.textContent = ''
    if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true })
  }

  /** @param {KioskSay} say */
  #open(say) {
    const stay = el(
      'button',
      { type: 'button', class: 'kiosk-button kiosk-button--primary', click: () => this.stay() },
      say('idle_stay'),
    )
    const end = el(
      'button',
      { type: 'button', class: 'kiosk-button', click: () => this.end() },
      sign('end'),
      say('end'),
    )
    this.#dialog = el(
      'dialog',
      {
        class: 'kiosk-dialog',
        'aria-labelledby': 'kiosk-idle-title',
        'aria-describedby': 'kiosk-idle-text',
        // Escape means to go on.
        cancel: (/** @type {Event} */ event) => (event.preventDefault(), this.stay()),
      },
      el('h2', { id: 'kiosk-idle-title' }, say('idle_title')),
      this.#text,
      this.#count,
      el('div', { class: 'kiosk-dialog__buttons' }, stay, end),
      this.#told,
    )
    this.#before = document.activeElement
    this.root.append(this.#dialog)
    this.#dialog.showModal()
    stay.focus()
  }
}
