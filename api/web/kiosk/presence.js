/**
 * Whether somebody is there still: asked after a while, aloud too for whoever listens, and then
 * everything is wiped. No time passes while something is spoken or heard.
 */

import { IdleDialog } from './dialog.js'
import { Idle } from './idle.js'
import { Voice } from './voice.js'

export class Presence {
  /**
   * @param {import('./app.js').Kiosk} kiosk
   * @param {() => boolean} clean - nothing is there that could be wiped
   */
  constructor(kiosk, clean) {
    const { record, root, api, voice, microphone } = kiosk
    this.kiosk = kiosk
    // One of its own: an answer that was paused can be gone on with.
    this.voice = new Voice(api, () => {})
    this.idle = new Idle({
      idle: record.idle_seconds,
      countdown: record.countdown_seconds,
      held: () => voice.busy || this.voice.busy || microphone.on,
      clean,
      warn: (seconds) => this.#warn(seconds),
      over: () => void kiosk.end(),
    })
    this.dialog = new IdleDialog(root, { stay: () => this.stay(), end: () => void kiosk.end() })
  }

  stay() {
    this.idle.stay()
    this.voice.stop()
    this.dialog.close()
  }

  /** @param {number} seconds - left */
  #warn(seconds) {
    const { say, voice, record, api, root } = this.kiosk
    const news = !this.dialog.open
    this.dialog.show(seconds, say)
    if (!news || !voice.on || !record.speech) return
    this.voice.slow = voice.slow
    this.voice.level = voice.level
    this.voice.readOwn(api.own(record.municipality.id, 'idle'), root, () => '')
  }
}
