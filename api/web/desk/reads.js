/**
 * Readings of the API, one at a time of each: what is asked for while it is being read is read
 * once more after it, and not five times because five things changed.
 */

import { Fault } from '../core/api.js'

export class Reads {
  /** @type {Map<string, Promise<void>>} */
  #running = new Map()
  /** @type {Set<string>} */
  #again = new Set()

  /** @param {(error: Fault | null) => boolean} told - of each; whether to go on */
  constructor(told) {
    this.told = told
  }

  /**
   * @param {string} name
   * @param {() => Promise<void>} read
   * @returns {Promise<void>}
   */
  once(name, read) {
    const running = this.#running.get(name)
    if (running) {
      this.#again.add(name)
      return running
    }
    const run = this.#run(name, read).finally(() => this.#running.delete(name))
    this.#running.set(name, run)
    return run
  }

  /**
   * @param {string} name
   * @param {() => Promise<void>} read
   */
  async #run(name, read) {
    let more = true
    do {
      this.#again.delete(name)
      more = this.told(await fault(read))
    } while (more && this.#again.has(name))
  }
}

/**
 * @param {() => Promise<void>} read
 * @returns {Promise<Fault | null>}
 */
async function fault(read) {
  try {
    await read()
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}
