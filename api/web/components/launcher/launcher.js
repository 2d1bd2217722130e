/**
 * The button in the corner of the municipality's page. It says in words what it is for, whether
 * the chat is open, and whether an answer came while it was closed.
 */

import { el, icon } from '../../core/dom.js'

export class Launcher {
  #unseen = 0

  /**
   * @param {Say} say
   * @param {string} label
   * @param {() => void} press
   */
  constructor(say, label, press) {
    this.say = say
    this.news = el('span', { class: 'lotsen-launcher__news', hidden: true })
    this.root = el(
      'button',
      { type: 'button', class: 'lotsen-launcher', 'aria-expanded': 'false', click: press },
      icon('chat'),
      label,
      this.news,
    )
  }

  /** @param {boolean} open */
  show(open) {
    this.root.setAttribute('aria-expanded', String(open))
    if (open) this.#count(0)
  }

  /** An answer that nobody has seen. */
  add() {
    this.#count(this.#unseen + 1)
  }

  /** @param {number} unseen */
  #count(unseen) {
    this.#unseen = unseen
    this.news.hidden = !unseen
    const words = this.say(unseen === 1 ? 'newAnswer' : 'newAnswers')
    this.news.replaceChildren(
      String(unseen),
      el('span', { class: 'lotsen-visually-hidden' }, ` ${words}`),
    )
  }
}
