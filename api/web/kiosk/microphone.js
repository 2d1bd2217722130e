/**
 * Speaking a question instead of typing it, where the operator has turned that on. What was heard
 * stands in the field, to be read and changed; nothing is sent from here.
 */

import { el } from '../core/dom.js'
import { voice } from '../core/text.js'

const STYLE = 'assets/components/dictate/dictate.css'
const ON = 'lotsen-dictate--on'

export class Microphone {
  /** @type {HTMLElement | null} */
  #place = null
  /** @type {(HTMLElement & { stop: () => void }) | null} */
  #one = null

  /** @param {import('./app.js').Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk
  }

  /** Whether somebody is listened to. */
  get on() {
    return this.#one?.classList.contains(ON) ?? false
  }

  /**
   * What stands beside the field; empty until it can be used, and where it can't be.
   *
   * @param {HTMLTextAreaElement} field
   */
  beside(field) {
    const place = el('div', { class: 'kiosk-dictate', hidden: true })
    this.#place = place
    // Without it one writes, as everywhere else.
    this.#fill(place, field).catch(() => {})
    return place
  }

  /** Let go of the microphone and of what it heard: the screen is left. */
  stop() {
    this.#one?.stop()
    this.#one = this.#place = null
  }

  /**
   * @param {HTMLElement} place
   * @param {HTMLTextAreaElement} field
   */
  async #fill(place, field) {
    const { api, record, frame, talk } = this.kiosk
    if (record.listen === 'off') return
    const [{ dictation }, { heard }, words] = await Promise.all([
      import('../components/dictate/dictate.js'),
      import('../components/dictate/requests.js'),
      wordsIn(record.language),
    ])
    if (place !== this.#place) return
    this.#one = dictation({
      mode: record.listen,
      field,
      language: record.language,
      seconds: record.limits.listen_seconds,
      say: voice(words),
      announce: (text) => frame.tell(text),
      hear: async (sound) => heard(api, await talk.begun(), sound),
    })
    if (!this.#one) return
    const style = el('link', { rel: 'stylesheet', href: api.server + STYLE })
    const show = () => (place.hidden = false)
    style.addEventListener('load', show)
    style.addEventListener('error', show) // Bare, but it works.
    place.append(style, this.#one)
  }
}

/** @param {'sv' | 'en'} language */
async function wordsIn(language) {
  return language === 'en'
    ? (await import('../components/dictate/strings.en.js')).en
    : (await import('../components/dictate/strings.js')).sv
}
