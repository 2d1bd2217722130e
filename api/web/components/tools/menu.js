/**
 * The menu's button and its place. What stands in it is loaded when it is first opened.
 */

import { button, el, icon } from '../../core/dom.js'

export class Menu {
  /** @type {Tools | null} */
  #tools = null

  /**
   * @param {Chat} chat
   * @param {MunicipalityRecord} record
   */
  constructor(chat, record) {
    const { say } = chat
    this.chat = chat
    this.record = record
    this.easy = chat.memory.view.easy
    this.button = el(
      'button',
      {
        type: 'button',
        class: 'lotsen-header__button',
        'aria-expanded': 'false',
        'aria-controls': 'lotsen-tools',
        click: () => this.show(!this.open),
      },
      icon('menu'),
      say('menu'),
    )
    this.back = button(say('back'), { click: () => this.leave() })
    this.root = el(
      'div',
      {
        class: 'lotsen-tools',
        id: 'lotsen-tools',
        role: 'group',
        'aria-label': say('menu'),
        tabindex: -1,
        hidden: true,
      },
      this.back,
    )
  }

  get open() {
    return this.root.getAttribute('hidden') === null
  }

  /** @param {boolean} open */
  show(open) {
    this.root.hidden = !open
    this.button.setAttribute('aria-expanded', String(open))
    this.#tools?.rest()
    if (!open) return
    if (!this.#tools) void this.#fill()
    this.root.focus() // It may be out of sight.
  }

  /** @param {boolean} easy - as the conversation has it */
  showEasy(easy) {
    this.easy = easy
    this.#tools?.showEasy(easy)
  }

  /** Close it for somebody who is in it or done with it. */
  leave() {
    this.show(false)
    this.button.focus()
  }

  async #fill() {
    const { chat, back, root } = this
    try {
      const { tools } = await import('./deeds.js')
      if (this.#tools) return
      this.#tools = tools(this)
      root.replaceChildren(back, ...this.#tools.parts)
    } catch {
      root.replaceChildren(back, el('p', {}, chat.say('unreachable')))
    }
  }
}
