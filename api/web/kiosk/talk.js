/**
 * One visitor's conversation. It is begun with the first question, and its key is kept nowhere but
 * here: a page that is reloaded knows nothing of it.
 */

import { Fault } from '../core/api.js'
import { Outbox } from '../core/outbox.js'

export class Talk {
  /** @type {Session | null} */
  session = null
  // What belongs to a visitor who has left is not shown to the next.
  #round = 0

  /**
   * @param {import('./api.js').KioskApi} api
   * @param {() => { municipality: string, language: string, easy: boolean }} wishes
   * @param {{ pending: (pending: Pending) => void, answered: (key: string, told: Exchange) => void }} shown
   */
  constructor(api, wishes, shown) {
    this.api = api
    this.wishes = wishes
    this.shown = shown
    this.outbox = new Outbox({
      deliver: (pending) => this.#deliver(pending),
      changed: (pending) => shown.pending(pending),
      emptied: () => {},
    })
  }

  /** @param {string} text */
  send(text) {
    this.outbox.clear() // One question at a time; what was not sent was given up.
    this.outbox.add(text)
  }

  /** Send what failed once more, with the same key. */
  again() {
    for (const { key } of this.outbox.all) this.outbox.again(key)
  }

  /** Whether something is written that the server has not answered. */
  get waiting() {
    return this.outbox.all.length > 0
  }

  /** @param {string} language */
  async change(language) {
    if (this.session) await this.api.change(this.session, { language })
  }

  /**
   * Forget all of it here.
   *
   * @returns {Session | null} what the server still has
   */
  end() {
    const { session } = this
    this.session = null
    this.#round += 1
    this.outbox.clear()
    return session
  }

  /** @param {Pending} pending */
  async #deliver(pending) {
    const round = this.#round
    const told = await this.#post(pending)
    if (round === this.#round) this.shown.answered(pending.key, told)
  }

  /** @param {Pending} pending */
  async #post({ text, key }) {
    const round = this.#round
    try {
      return await this.api.send(await this.begun(), text, key)
    } catch (error) {
      const gone = error instanceof Fault && error.gone && this.session
      // Whoever asked may have left: then nothing of it is said in the next one's conversation.
      if (!gone || round !== this.#round) throw error
      // Erased after a long silence: what was asked now still deserves an answer.
      this.session = null
      return this.api.send(await this.begun(), text, key)
    }
  }

  /** The conversation that is going on, or a new one. */
  async begun() {
    if (this.session) return this.session
    const round = this.#round
    const { id, secret } = await this.api.start(this.wishes())
    const session = { id, secret }
    if (round === this.#round) this.session = session
    else this.api.erase(session).catch(() => {}) // Left meanwhile; the server tidies up as well.
    return session
  }
}
