/**
 * One step that is filled in and sent. A refusal stands at the field that it is about, or above
 * the button; pressing twice sends once.
 */

import { button, el } from '../../core/dom.js'
import { Fault } from '../../core/api.js'
import { notice } from '../notice/notice.js'

export class Form {
  #busy = false

  /**
   * @param {Hand} hand
   * @param {FormSetup} setup
   */
  constructor(hand, { title, fields, before = [], act, send, change }) {
    const { say } = hand
    this.hand = hand
    this.fields = fields
    this.send = send
    this.heading = el('h3', { class: 'lotsen-form__title', tabindex: -1 }, title)
    this.problem = el('div', {})
    this.root = el(
      'form',
      { class: 'lotsen-form', novalidate: true, submit: (event) => this.#submit(event) },
      button(say('back'), { click: () => hand.back() }),
      this.heading,
      ...before,
      ...fields.map(({ root }) => root),
      this.problem,
      el(
        'div',
        { class: 'lotsen-form__act' },
        el('button', { class: 'lotsen-button lotsen-button--primary' }, act),
        change && button(say('change'), { click: change }),
      ),
    )
  }

  focus() {
    this.heading.focus()
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault()
    const wrong = this.fields.filter((field) => !field.check())
    this.problem.replaceChildren()
    if (wrong[0]) wrong[0].focus()
    else if (!this.#busy) void this.#send()
  }

  async #send() {
    this.#busy = true
    try {
      await this.send()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.refuse(error)
    } finally {
      this.#busy = false
    }
  }

  /** @param {Fault} fault */
  refuse(fault) {
    const words = (!fault.lost && fault.message) || this.hand.say('lost')
    const about = this.fields.find(({ name }) => name === fault.field)
    if (about) {
      about.fail(words)
      about.focus()
      return
    }
    this.problem.replaceChildren(notice('alert', el('p', {}, words)))
    this.problem.scrollIntoView({ block: 'nearest' })
    this.hand.announce(words)
  }
}

/**
 * A step where nothing is filled in.
 *
 * @param {Hand} hand
 * @param {string} title
 * @param {...Child} words
 * @returns {Step}
 */
export function told(hand, title, ...words) {
  const heading = el('h3', { class: 'lotsen-form__title', tabindex: -1 }, title)
  const back = button(hand.say('back'), { click: () => hand.back() })
  return {
    root: el('div', { class: 'lotsen-form' }, back, heading, ...words),
    focus: () => heading.focus(),
  }
}
