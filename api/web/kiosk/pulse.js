/**
 * Whether the server is there: its record is asked for now and then, which also brings what has
 * changed, such as who is open now. Lost is what was not reached twice in a row.
 */

const CALM_MS = 30_000
const DOUBT_MS = 2_000
const LOST_MS = 5_000

export class Pulse {
  #timer = 0
  #missed = 0
  #asking = false
  lost = false

  /**
   * @param {{ ask: () => Promise<void>, changed: (lost: boolean) => void }} setup
   */
  constructor({ ask, changed }) {
    this.ask = ask
    this.changed = changed
    addEventListener('online', () => void this.check())
    addEventListener('offline', () => void this.check())
  }

  start() {
    this.#next(CALM_MS)
  }

  /** Look at once: something failed, or somebody asked to. */
  async check() {
    if (this.#asking) return
    this.#asking = true
    clearTimeout(this.#timer)
    try {
      await this.ask()
      this.#missed = 0
    } catch {
      this.#missed += 1
    } finally {
      this.#asking = false
    }
    this.#tell(this.#missed > 1)
    this.#next(this.lost ? LOST_MS : this.#missed ? DOUBT_MS : CALM_MS)
  }

  /** @param {boolean} lost */
  #tell(lost) {
    // A single miss changes nothing, also while lost.
    if (lost === this.lost || (this.#missed === 1 && !this.lost)) return
    this.lost = lost
    this.changed(lost)
  }

  /** @param {number} wait */
  #next(wait) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.check(), wait)
  }
}
