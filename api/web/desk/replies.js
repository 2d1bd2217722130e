/**
 * Replies on their way: a line of their own for each chat, so that one that is stuck does not hold
 * up the others. What could not be sent is kept with its key and sent again when the server is
 * reached; the same key means that the citizen gets it once.
 */

import { Fault } from '../core/api.js'
import { Outbox } from '../core/outbox.js'

export class Replies {
  /** @type {Map<string, Outbox>} */
  #boxes = new Map()
  /** Keys of those that failed because the server was not reached. @type {Set<string>} */
  #lost = new Set()

  /**
   * @param {{ api: DeskApi, memory: DeskMemory, sent: (id: string, message: DeskMessage) => void,
   *   refused: (reason: string) => void, emptied: (id: string) => void, changed: () => void }} around
   */
  constructor(around) {
    this.around = around
    for (const [id, replies] of around.memory.unsent) {
      for (const { key, text } of replies) this.#box(id).add(text, key)
    }
  }

  /** Whether something written is still only here. */
  get any() {
    return [...this.#boxes.values()].some((box) => box.all.length > 0)
  }

  /**
   * Chats with replies that the server said no to or has not got.
   *
   * @returns {string[]}
   */
  get failed() {
    return [...this.#boxes.keys()].filter((id) =>
      this.of(id).some(({ state }) => state === 'failed'),
    )
  }

  /** @param {string} id */
  of(id) {
    return this.#boxes.get(id)?.all ?? []
  }

  /** @param {string} id */
  busy(id) {
    return this.#boxes.get(id)?.busy ?? false
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  send(id, text) {
    this.#box(id).add(text)
  }

  /**
   * @param {string} id
   * @param {string} key
   */
  again(id, key) {
    this.#lost.delete(key)
    this.#box(id).again(key)
  }

  /**
   * @param {string} id
   * @param {string} key
   */
  drop(id, key) {
    this.#box(id).drop(key)
    this.#lost.delete(key)
    this.#changed(id)
  }

  /** The server is reached: what it never got is sent again. */
  retry() {
    for (const [id, box] of this.#boxes) {
      for (const { key } of box.all) if (this.#lost.has(key)) this.again(id, key)
    }
  }

  /** @param {string} id */
  #box(id) {
    const known = this.#boxes.get(id)
    if (known) return known
    const box = new Outbox({
      deliver: (pending) => this.#deliver(id, pending),
      changed: (pending) => {
        const { key, state, reason } = pending
        if (state === 'failed' && reason && !this.#lost.has(key)) this.around.refused(reason)
        this.#changed(id)
      },
      emptied: () => {
        this.#changed(id)
        this.around.emptied(id)
      },
    })
    this.#boxes.set(id, box)
    return box
  }

  /**
   * @param {string} id
   * @param {Pending} pending
   */
  async #deliver(id, { key, text }) {
    try {
      this.around.sent(id, await this.around.api.reply(id, text, key))
      this.#lost.delete(key)
      this.#box(id).drop(key)
      this.#changed(id)
    } catch (error) {
      const lost = error instanceof Fault && (error.lost || error.status === 401)
      if (lost) this.#lost.add(key)
      throw error
    }
  }

  /** @param {string} id */
  #changed(id) {
    this.around.memory.keepUnsent(id, this.#boxes.get(id)?.unsent ?? [])
    this.around.changed()
  }
}
