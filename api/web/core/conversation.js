/**
 * One citizen's conversation: begun with the first question and not before, read again after a
 * navigation, followed live, erased. It knows nothing of how it is shown.
 */

import { Fault } from './api.js'
import { LiveUpdates } from './events.js'
import { Outbox } from './outbox.js'
import { Standing } from './standing.js'

export class Conversation {
  /** @type {Map<number, MessageView>} */
  #messages = new Map()
  /** @type {MessageView[]} */
  #held = []
  #visible = false
  /** @type {Record<string, boolean>} */
  feedback = {}

  /**
   * @param {Api} api
   * @param {Memory} memory
   * @param {string} municipality
   * @param {Shown} shown
   */
  constructor(api, memory, municipality, shown) {
    this.api = api
    this.memory = memory
    this.municipality = municipality
    this.shown = shown
    this.live = new LiveUpdates(api, {
      message: (message) => this.#hear(message),
      handoff: (view) => this.standing.heed(view),
      gone: () => this.#lost(),
      after: () => Math.max(0, ...this.#messages.keys()),
    })
    this.standing = new Standing(api, memory, (view) => {
      shown.handoff(view)
      this.#follow()
    })
    this.outbox = new Outbox({
      deliver: (pending) => this.#deliver(pending),
      changed: (pending) => this.shown.pending(pending),
      emptied: () => this.#emptied(),
    })
  }

  get messages() {
    return [...this.#messages.values()].sort((a, b) => a.number - b.number)
  }

  /**
   * Read the conversation of this tab again, and send what could not be sent.
   *
   * @returns {Promise<ConversationView | null>} null when there is none
   */
  async resume() {
    const { session, unsent } = this.memory
    const view = session && (await this.#read(session))
    if (view) {
      this.feedback = view.feedback
      view.messages.forEach((message) => this.#accept(message, false))
      this.#follow()
    }
    for (const { key, text } of unsent) this.outbox.add(text, key)
    return view
  }

  /**
   * @param {boolean} visible - a hidden tab holds no connection unless a person is waited for
   */
  watch(visible) {
    this.#visible = visible
    this.#follow()
  }

  /** @param {string} text */
  send(text) {
    this.outbox.add(text)
    this.memory.keep({ unsent: this.outbox.unsent })
  }

  /** Begin anew with the next question; the old conversation stays with the municipality. */
  startOver() {
    this.standing.leave()
    this.#end()
  }

  async erase() {
    const { session } = this.memory
    this.live.close() // Its farewell is not news here.
    try {
      if (session) await this.api.erase(session)
    } catch (error) {
      if (!(error instanceof Fault && error.gone)) {
        this.#follow()
        throw error
      }
    }
    this.#end()
  }

  /**
   * The choice holds at once, also for a conversation that has not begun.
   *
   * @param {{ easy?: boolean, language?: string | null }} wishes
   */
  async change(wishes) {
    if (this.memory.session) await this.api.change(this.memory.session, wishes)
    this.memory.keep({ view: { ...this.memory.view, ...wishes } })
  }

  /**
   * @param {number} number
   * @param {boolean} helped
   * @param {string} [words]
   */
  async giveFeedback(number, helped, words) {
    const said = words ? { helped, words } : { helped }
    if (this.memory.session) await this.api.giveFeedback(this.memory.session, number, said)
    this.feedback[number] = helped
  }

  /**
   * Another tab has begun or ended a conversation.
   *
   * @param {Session | null} session
   */
  async switched(session) {
    this.#clear()
    if (session) await this.resume()
    else this.shown.ended()
  }

  leave() {
    this.live.close()
    this.memory.vanish()
  }

  /** The conversation that is going on, or a new one. */
  async session() {
    if (this.memory.session) return this.memory.session
    const { municipality, memory } = this
    const { id, secret } = await this.api.start({ municipality, ...memory.wishes })
    this.memory.begin({ id, secret })
    this.#follow()
    return { id, secret }
  }

  /** @param {Session} session */
  async #read(session) {
    try {
      return await this.api.read(session)
    } catch (error) {
      if (!(error instanceof Fault && error.gone)) throw error
      this.memory.forget(false) // Deleted after the retention time: nothing to tell about.
      return null
    }
  }

  /** @param {Pending} pending */
  async #deliver(pending) {
    this.shown.typing(true)
    try {
      const { message, replies } = await this.#post(pending)
      this.shown.delivered(pending.key, message.number)
      ;[message, ...replies].forEach((one) => this.#accept(one, true))
    } finally {
      this.shown.typing(false)
    }
  }

  /** @param {Pending} pending */
  async #post(pending) {
    const { text, key } = pending
    try {
      return await this.api.send(await this.session(), text, key)
    } catch (error) {
      if (!(error instanceof Fault && error.gone && this.memory.session)) throw error
      // Erased elsewhere or too old: what was written now still deserves an answer.
      this.memory.forget(false)
      this.#forget()
      this.shown.pending(pending)
      return this.api.send(await this.session(), text, key)
    }
  }

  #follow() {
    const { session } = this.memory
    if (session && (this.#visible || this.memory.engaged)) this.live.open(session)
    else this.live.close()
  }

  /** @param {MessageView} message */
  #hear(message) {
    // While something is sent its own echo may come first: who it belongs to is known afterwards.
    if (this.outbox.busy) this.#held.push(message)
    else this.#accept(message, true)
  }

  #emptied() {
    const held = this.#held
    this.#held = []
    for (const message of held) {
      const echo = this.outbox.unsent.find(({ text }) => text === message.text)
      if (message.sender === 'citizen' && echo) {
        this.outbox.drop(echo.key)
        this.shown.delivered(echo.key, message.number)
      }
      this.#accept(message, true)
    }
    this.memory.keep({ unsent: this.outbox.unsent })
  }

  /**
   * @param {MessageView} message
   * @param {boolean} news
   */
  #accept(message, news) {
    if (this.#messages.has(message.number)) return
    this.#messages.set(message.number, message)
    this.shown.message(message, news)
  }

  #lost() {
    this.memory.forget(false)
    this.#clear()
    this.shown.ended()
  }

  #end() {
    this.memory.forget(true)
    this.#clear()
  }

  #clear() {
    this.outbox.clear()
    this.#forget()
  }

  #forget() {
    this.live.close()
    this.#messages.clear()
    this.#held = []
    this.feedback = {}
    this.standing.clear()
    this.shown.cleared()
  }
}
