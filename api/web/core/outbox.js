/**
 * Messages on their way. One at a time, each with its own key, so that a message that is sent
 * again is not answered twice: once again by itself, and then only when asked to.
 */

import { Fault } from './api.js'
import { pause } from './events.js'

const SECOND_TRY_MS = 1500

export class Outbox {
  /** @type {Map<string, Pending>} */
  #pending = new Map()
  #line = Promise.resolve()
  #sending = 0
  // Messages of a conversation that was forgotten are not tried again.
  #round = 0

  /** @param {Postman} postman */
  constructor(postman) {
    this.postman = postman
  }

  /** Whether something is being sent, and its own echo may therefore arrive before its answer. */
  get busy() {
    return this.#sending > 0
  }

  get all() {
    return [...this.#pending.values()]
  }

  /** What is worth remembering of them. */
  get unsent() {
    return this.all.map(({ key, text }) => ({ key, text }))
  }

  /**
   * @param {string} text
   * @param {string} [key]
   */
  add(text, key = newKey()) {
    /** @type {Pending} */
    const pending = { key, text, state: 'sending', reason: '' }
    this.#pending.set(key, pending)
    this.#queue(pending)
  }

  /** @param {string} key */
  again(key) {
    const pending = this.#pending.get(key)
    if (pending?.state === 'failed') this.#queue(pending)
  }

  /** @param {string} key */
  drop(key) {
    this.#pending.delete(key)
  }

  clear() {
    this.#pending.clear()
    this.#round += 1
  }

  /** @param {Pending} pending */
  #queue(pending) {
    const round = this.#round
    this.#sending += 1
    this.#set(pending, 'sending')
    this.#line = this.#line.then(async () => {
      if (round === this.#round) await this.#try(pending, round)
      this.#sending -= 1
      if (!this.busy) this.postman.emptied()
    })
  }

  /**
   * @param {Pending} pending
   * @param {number} round
   */
  async #try(pending, round) {
    let fault = await this.#deliver(pending)
    if (fault?.lost && round === this.#round) {
      this.#set(pending, 'retrying')
      await pause(SECOND_TRY_MS)
      fault = round === this.#round ? await this.#deliver(pending) : null
    }
    if (round !== this.#round) return
    if (fault) this.#set(pending, 'failed', fault.message)
    else this.drop(pending.key)
  }

  /**
   * @param {Pending} pending
   */
  async #deliver(pending) {
    try {
      await this.postman.deliver(pending)
      return null
    } catch (error) {
      if (error instanceof Fault) return error
      throw error
    }
  }

  /**
   * @param {Pending} pending
   * @param {Pending['state']} state
   * @param {string} reason - what the server said, for people
   */
  #set(pending, state, reason = '') {
    Object.assign(pending, { state, reason })
    this.postman.changed(pending)
  }
}

/** randomUUID needs https, which a municipality's test site may lack. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
