/**
 * The way to a person, always in the same place and one press away.
 *
 * The numbers of the record are there at once. What is open now, the queue and the forms are
 * loaded when somebody opens it or waits for a person; when they can't be, the numbers remain.
 */

import { button, el, icon } from '../../core/dom.js'
import { contactCard } from '../contact/contact.js'

export class Help {
  /** @type {Promise<Handoff> | null} */
  #loading = null
  /** @type {Handoff | null} */
  #loaded = null
  /** What is being written in its forms; nowhere else is it kept. @type {Record<string, string>} */
  drafts = {}

  /**
   * @param {Panel} panel
   * @param {PanelSetup} setup
   */
  constructor(panel, setup) {
    const { say, settings } = setup
    this.panel = panel
    this.setup = setup
    this.bar = el('div', { class: 'lotsen-bar', hidden: true })
    this.ways = el('div', { class: 'lotsen-help__ways' })
    // A page has the contacts beside the chat as well.
    const title = say(settings.page ? 'ways' : 'person')
    this.summary = el(
      'summary',
      { class: 'lotsen-help__title' },
      icon('phone'),
      title,
      icon('down'),
    )
    this.details = el(
      'details',
      { class: 'lotsen-help', toggle: () => this.#toggled() },
      this.summary,
      this.ways,
    )
    this.root = el('div', { class: 'lotsen-help-place' }, this.details)
  }

  /** What the record says, until more is known. */
  show() {
    if (!this.#loaded) this.put(...this.contacts)
  }

  /** @param {...Node} ways */
  put(...ways) {
    const back = button(this.setup.say('back'), { click: () => this.leave() })
    this.ways.replaceChildren(back, ...ways)
  }

  /** Back to the conversation, for somebody who is in it. */
  leave() {
    this.close()
    this.summary.focus()
  }

  close() {
    this.details.open = false
    this.fill(false) // Not only when the browser tells of it: the focus may go to what is shown.
  }

  get contacts() {
    return this.panel.record.contacts.map((one) => contactCard(one, this.setup.say))
  }

  /** @param {HandoffView} view */
  heed(view) {
    if (this.#loading || this.setup.conversation.memory.engaged)
      this.#use((more) => more.heed(view))
  }

  /** @param {MessageView} message */
  hear(message) {
    if (message.sender === 'agent' && document.hidden) this.#use((more) => more.call())
    if (message.sender === 'assistant') this.#loaded?.bar.over()
  }

  /** Close what is open inside; whether anything was. */
  escape() {
    if (!this.details.open) return false
    if (!this.#loaded?.escape()) this.leave()
    return true
  }

  cleared() {
    this.drafts = {}
    this.#loaded?.cleared()
  }

  /** @param {Help} former - of the same chat, in another language */
  takeOver(former) {
    const { view } = this.setup.conversation.standing
    this.drafts = former.drafts
    this.details.open = former.details.open
    if (view) this.heed(view)
  }

  /**
   * Whether it takes the place of the conversation: on a page only its forms do.
   *
   * @param {boolean} form
   */
  fill(form) {
    const whole = this.details.open && (form || !this.setup.settings.page)
    this.root.classList.toggle('lotsen-help-place--whole', whole)
  }

  #toggled() {
    this.fill(false)
    if (this.details.open) this.#use((more) => more.open())
  }

  /** @param {(more: Handoff) => void} act */
  async #use(act) {
    this.#loading ??= import('../handoff/start.js').then(({ start }) => start(this))
    try {
      this.#loaded = await this.#loading
    } catch {
      this.#loading = null // The numbers are there; the next press tries again.
      return
    }
    act(this.#loaded)
  }
}
