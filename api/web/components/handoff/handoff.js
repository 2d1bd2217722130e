/**
 * What is open now, the queue and the forms, in the place that the chat has for them.
 */

import { Fault } from '../../core/api.js'
import { button, el } from '../../core/dom.js'
import { notice } from '../notice/notice.js'
import { Bar } from './bar.js'
import { callbackForm } from './callback.js'
import { told } from './form.js'
import { joinForm } from './join.js'
import { mailForm } from './mail.js'
import { later } from './receipt.js'
import { readRoutes } from './requests.js'
import { routeList } from './routes.js'

const FORMS = { chat: joinForm, callback: callbackForm, email: mailForm, booked: later }

/** @implements {Hand} */
export class Handoff {
  /** @type {Step | null} */
  #step = null
  /** @type {Element[]} */
  #list = []
  #opener = ''
  #talking = false

  /**
   * @param {Help} help
   * @param {HandoffSay} say
   */
  constructor(help, say) {
    this.help = help
    this.say = say
    this.conversation = help.setup.conversation
    this.municipality = help.setup.settings.municipality
    this.bar = new Bar(help.bar, this)
    document.addEventListener('visibilitychange', () => this.#seen())
  }

  get drafts() {
    return this.help.drafts
  }

  /** @param {string} text */
  announce(text) {
    this.help.panel.announcer.say(text)
  }

  sending() {
    this.announce(this.help.setup.say('sending'))
  }

  /** Where the citizen stands. @param {HandoffView} view */
  heed(view) {
    const { panel, setup, root, bar } = this.help
    const { hidden } = bar
    this.bar.show(view)
    if (hidden !== bar.hidden) panel.log.follow() // It has got less room, or more.
    const agent = view.agent || this.say('person')
    const talking = view.state === 'talking'
    // What the person writes is not to come unseen.
    if (talking && !this.#talking && !this.#step && this.help.details.open) this.#close()
    this.#talking = talking
    panel.composer.label.textContent = talking ? this.say('write', { agent }) : setup.say('label')
    // It must not go on saying that a computer answers.
    const machine = panel.root.querySelector('.lotsen-header__machine')
    if (machine) machine.textContent = talking ? this.say('human') : setup.say('machine')
    const host = /** @type {ShadowRoot} */ (root.getRootNode()).host
    const words = talking ? this.say('human') : ''
    host?.dispatchEvent(new CustomEvent('lotsen-handoff', { detail: words }))
  }

  /** The ways were opened. */
  open() {
    if (this.#step) this.help.fill(true)
    else void this.#read()
  }

  /**
   * Show a step of a form instead of the ways.
   *
   * @param {Step} step
   */
  enter(step) {
    this.#step = step
    this.help.ways.replaceChildren(step.root)
    this.help.fill(true)
    this.help.root.scrollTop = 0
    step.focus()
  }

  back() {
    this.#step = null
    this.help.fill(false)
    this.help.put(...this.#list)
    this.#focusOpener()
    void this.#read()
  }

  /** All is done here: on with the conversation. */
  done() {
    this.#close()
    this.rest()
  }

  #close() {
    const within = this.help.ways.contains(this.#active)
    this.#step = null
    this.help.put(...this.#list)
    this.help.close()
    this.help.panel.log.follow() // What came while it was out of sight.
    if (within) this.rest()
  }

  rest() {
    this.help.panel.focusInput()
  }

  /** Open the ways. */
  ways = () => {
    this.help.details.open = true
    this.help.summary.focus()
  }

  /**
   * Say how it went.
   *
   * @param {string} title
   * @param {Node} words
   */
  tell(title, words) {
    this.enter(told(this, title, words))
    this.announce(words.textContent ?? '')
  }

  escape() {
    const within = Boolean(this.#step) && this.help.details.open
    if (within) this.back()
    return within
  }

  cleared() {
    this.bar.hide()
    if (this.#step) this.#close()
    this.heed(NOWHERE)
  }

  /** A person has written and nobody looks: the name of the tab tells it. */
  call() {
    if (document.hidden && !document.title.startsWith(this.#news))
      document.title = this.#news + document.title
  }

  #seen() {
    if (!document.hidden && document.title.startsWith(this.#news))
      document.title = document.title.slice(this.#news.length)
  }

  get #news() {
    return `${this.say('newMessage')} – `
  }

  async #read() {
    const { help } = this
    /** @type {Element[]} */
    let list
    try {
      const read = await readRoutes(this.conversation.api, this.municipality)
      list = [...this.#booked(), ...this.#routes(read)]
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      list = [notice('alert', el('p', {}, this.say('waysLost'))), ...help.contacts]
    }
    this.#list = list
    if (this.#step) return
    const { wanted } = help.details.dataset
    delete help.details.dataset['wanted']
    const within = help.ways.contains(this.#active)
    help.put(...list)
    const button = wanted && help.ways.querySelector(`button[data-way="${wanted}"]`)
    if (button instanceof HTMLElement) button.click()
    else if (within) this.#focusOpener()
  }

  /** A call that was asked for in this tab. */
  #booked() {
    const { callback } = this.conversation.memory
    if (!callback) return []
    const { say } = this
    const words = el('p', {}, `${say('booked')}. ${say('receipt', callback)}.`)
    const show = () => void this.#start('booked', null)
    return [notice('info', words, button(say('show'), { 'data-way': 'booked', click: show }))]
  }

  /** @param {{ routes: RouteView[], emergency: string }} told */
  #routes({ routes, emergency }) {
    // Who waits or talks has the chat.
    const { engaged } = this.conversation.memory
    const other = routes.filter(({ id }) => !engaged || id !== 'chat')
    return routeList(other, emergency, this.help.setup.say, (route) => this.#choose(route))
  }

  /** @param {RouteView} route */
  #choose(route) {
    if (route.id in FORMS) void this.#start(/** @type {keyof typeof FORMS} */ (route.id), route)
  }

  /**
   * @param {keyof typeof FORMS} name
   * @param {RouteView | null} route
   */
  async #start(name, route) {
    this.#opener = name
    try {
      this.enter(await FORMS[name](this, /** @type {RouteView} */ (route)))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      if (name === 'booked' && error.gone) this.conversation.memory.keep({ callback: null })
      const gone = error.gone ? this.say('callGone') : this.say('lost')
      const words = notice('alert', el('p', {}, gone), ...this.help.contacts)
      this.tell(route?.title ?? this.say('booked'), words)
    }
  }

  #focusOpener() {
    const opener = this.help.ways.querySelector(`[data-way="${this.#opener}"]`)
    if (opener instanceof HTMLElement) opener.focus()
    else this.help.summary.focus()
  }

  get #active() {
    return /** @type {ShadowRoot} */ (this.help.root.getRootNode()).activeElement
  }
}

/** @type {HandoffView} */
const NOWHERE = {
  state: 'none',
  place: null,
  wait: null,
  agent: null,
  unit: null,
  text: '',
  can: [],
  routes: [],
}
