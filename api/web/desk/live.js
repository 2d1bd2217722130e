/**
 * Word from the server that something has changed. What has changed is then read from the API: a
 * word that is lost costs a delay, never a wrong picture. The connection also tells the server
 * that the agent is still there, so a hidden tab keeps it.
 */

import { EventReader, pause } from '../core/events.js'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 10_000
/** The server sends a sign of life more often than this. */
const SILENCE_MS = 45_000
/** Longer than a browser lets a hidden tab sleep: the computer did. */
const SLEPT_MS = 90_000
const LOOK_MS = 5000

export class DeskLive {
  #wait = FIRST_WAIT_MS

  /**
   * @param {DeskApi} api
   * @param {{ opened: () => void, changed: (change: DeskChange) => void, lost: (status: number) => void }} hearer
   */
  constructor(api, hearer) {
    this.api = api
    this.hearer = hearer
  }

  /** @param {AbortSignal} signal - ends it */
  async keepOpen(signal) {
    while (!signal.aborted) {
      const status = await this.#listen(signal).catch(() => 0)
      if (signal.aborted) return
      this.hearer.lost(status)
      await pause(this.#wait * (0.75 + Math.random() / 2), signal)
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
    }
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<number>} the status that it ended with; 0 when it was cut off
   */
  async #listen(signal) {
    const stop = new AbortController()
    const end = () => stop.abort()
    signal.addEventListener('abort', end, { once: true })
    let silence = setTimeout(end, SILENCE_MS)
    const asleep = whenSlept(end)
    try {
      const response = await this.api.events(stop.signal)
      if (!response.ok || !response.body) return response.status
      this.hearer.opened()
      const chunks = response.body.getReader()
      const decoder = new TextDecoder()
      const events = new EventReader()
      for (;;) {
        const { done, value } = await chunks.read()
        if (done) return 0
        this.#wait = FIRST_WAIT_MS
        clearTimeout(silence)
        silence = setTimeout(end, SILENCE_MS)
        for (const { event, data } of events.read(decoder.decode(value, { stream: true }))) {
          if (event === 'changed') this.hearer.changed(JSON.parse(data))
        }
      }
    } finally {
      clearTimeout(silence)
      clearInterval(asleep)
      signal.removeEventListener('abort', end)
    }
  }
}

/**
 * A connection does not outlive a closed lid, but nothing tells that it is dead.
 *
 * @param {() => void} wake
 */
function whenSlept(wake) {
  let last = Date.now()
  return setInterval(() => {
    if (Date.now() - last > SLEPT_MS) wake()
    last = Date.now()
  }, LOOK_MS)
}
