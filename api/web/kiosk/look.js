/**
 * How large, in which colours and how low: chosen by whoever stands there now.
 */

import { nextScale } from './buttons.js'

/** @type {KioskLook} */
const PLAIN = { scale: 1, contrast: false, low: false }

export class Look {
  chosen = PLAIN

  /**
   * @param {HTMLElement} root
   * @param {() => void} changed
   */
  constructor(root, changed) {
    this.root = root
    this.changed = changed
    this.#show()
  }

  get plain() {
    return JSON.stringify(this.chosen) === JSON.stringify(PLAIN)
  }

  reset() {
    this.chosen = PLAIN
    this.#show()
  }

  larger() {
    this.#choose({ scale: nextScale(this.chosen.scale) })
  }

  contrast() {
    this.#choose({ contrast: !this.chosen.contrast })
  }

  lower() {
    this.#choose({ low: !this.chosen.low })
  }

  /** @param {Partial<KioskLook>} wish */
  #choose(wish) {
    this.chosen = { ...this.chosen, ...wish }
    this.#show()
    this.changed()
  }

  #show() {
    const { scale, contrast, low } = this.chosen
    this.root.dataset['scale'] = String(scale)
    this.root.dataset['contrast'] = contrast ? 'high' : 'plain'
    this.root.dataset['low'] = String(low)
  }
}
