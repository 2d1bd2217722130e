/**
 * Nobody touches the screen any more: ask, count down, and then everything is wiped. The time is
 * measured without the clock, so that one that is set right does no harm.
 */

const TICK_MS = 1000
/** Nothing that holds takes so long: sound that never ends may not keep a visitor's words there. */
const HELD_SECONDS = 600
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input']

export class Idle {
  #rest = 0
  #last = performance.now()
  #warned = false
  #pressed = false
  #held = 0

  /**
   * @param {object} setup
   * @param {number} setup.idle - seconds
   * @param {number} setup.countdown - seconds
   * @param {() => boolean} setup.held - while it holds no time passes
   * @param {() => boolean} setup.clean - nothing is there that could be wiped
   * @param {(seconds: number) => void} setup.warn - for every second of the countdown
   * @param {() => void} setup.over
   */
  constructor(setup) {
    this.setup = setup
    for (const sign of SIGNS) {
      addEventListener(sign, () => this.#touched(), { capture: true, passive: true })
    }
    setInterval(() => this.#tick(), TICK_MS)
  }

  stay() {
    this.#warned = false
    this.#rest = 0
  }

  /** Once it has asked, only the answer counts; but time stands still while something is done. */
  #touched() {
    this.#pressed = true
    this.#held = 0
    if (!this.#warned) this.#rest = 0
  }

  #tick() {
    const { idle, countdown, held, clean, warn, over } = this.setup
    const now = performance.now()
    const passed = (now - this.#last) / 1000
    const pressed = this.#pressed
    this.#last = now
    this.#pressed = false
    if (clean()) return this.stay()
    this.#held = held() ? this.#held + passed : 0
    const holds = this.#held > 0 && this.#held < HELD_SECONDS
    if (holds || (this.#warned && pressed)) return
    this.#rest += passed
    if (this.#rest < idle) return
    // Whatever has happened, nobody is sent away without having been asked.
    if (!this.#warned) this.#rest = idle
    this.#warned = true
    const left = Math.round(idle + countdown - this.#rest)
    if (left > 0) return warn(left)
    this.stay()
    over()
  }
}
