/**
 * Replies that are written already. Choosing one puts it into the field, where it can be changed:
 * nothing is sent before the agent has read it.
 */

import { button, el } from '../core/dom.js'
import { tell } from './lists.js'
import { say } from './words.js'

export class Canned {
  /** @type {DeskCanned[]} */
  #all = []

  /** @param {{ put: (text: string) => void, closed: () => void }} around */
  constructor(around) {
    this.around = around
    this.find = el('input', {
      type: 'search',
      class: 'lotsen-canned__find',
      'aria-label': say('cannedFind'),
      placeholder: say('cannedFind'),
      autocomplete: 'off',
      input: () => this.#show(),
    })
    this.list = el('ul', { class: 'lotsen-canned__list', role: 'list' })
    this.none = el('p', { role: 'status' })
    this.root = el(
      'div',
      {
        class: 'lotsen-canned',
        id: 'lotsen-canned',
        hidden: true,
        keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
      },
      ...[this.find, this.list, this.none],
    )
    this.opener = button(say('canned'), {
      class: 'lotsen-button lotsen-button--quiet',
      'aria-expanded': 'false',
      'aria-controls': 'lotsen-canned',
      'aria-keyshortcuts': 'Alt+F',
      click: () => this.toggle(),
    })
  }

  /** @param {DeskCanned[]} all */
  update(all) {
    const same =
      all.length === this.#all.length && all.every((one, n) => one.id === this.#all[n]?.id)
    this.#all = all
    this.opener.hidden = !all.length
    if (!same) this.#show()
  }

  toggle() {
    if (!this.root.hidden) {
      this.close()
      this.around.closed()
      return
    }
    if (!this.#all.length) return
    this.find.value = ''
    this.#show()
    this.root.hidden = false
    this.opener.setAttribute('aria-expanded', 'true')
    this.find.focus()
  }

  close() {
    this.root.hidden = true
    this.opener.setAttribute('aria-expanded', 'false')
  }

  #show() {
    const words = this.find.value.trim().toLocaleLowerCase('sv')
    const found = this.#all.filter(({ title, text }) =>
      `${title} ${text}`.toLocaleLowerCase('sv').includes(words),
    )
    this.list.replaceChildren(...found.map((one) => this.#item(one)))
    tell(this.none, found.length ? '' : say('cannedNone'))
  }

  /** @param {DeskCanned} canned */
  #item({ title, text }) {
    return el(
      'li',
      {},
      el(
        'button',
        { type: 'button', class: 'lotsen-canned__choice', click: () => this.#choose(text) },
        el('strong', {}, title),
        ' ',
        el('span', { dir: 'auto' }, text),
      ),
    )
  }

  /** @param {string} text */
  #choose(text) {
    this.close()
    this.around.put(text)
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Escape') {
      event.stopPropagation()
      this.close()
      this.around.closed()
    } else if (event.key === 'Enter' && event.target === this.find) {
      event.preventDefault()
      this.list.querySelector('button')?.click()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#move(event)
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    if (event.altKey) return
    event.preventDefault()
    const stops = [this.find, ...this.list.querySelectorAll('button')]
    const at = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement))
    const next = at + (event.key === 'ArrowDown' ? 1 : -1)
    stops[Math.max(0, Math.min(next, stops.length - 1))]?.focus()
  }
}
