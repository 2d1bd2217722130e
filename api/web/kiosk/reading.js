/**
 * What is read aloud of what is shown, and when: never by itself before it was asked for.
 */

export class Reading {
  /** @type {HTMLElement | null} */
  #root = null
  /** @type {KioskKey | null} */
  #own = null

  /**
   * @param {KioskVoice} voice
   * @param {import('./talk.js').Talk} talk
   * @param {object} shown
   * @param {(key: KioskKey) => SpeechSource} shown.own - what the kiosk says of itself
   * @param {() => string} shown.lost - the words for what can't be read
   * @param {(told: string) => void} shown.changed
   */
  constructor(voice, talk, { own, lost, changed }) {
    this.voice = voice
    this.talk = talk
    this.own = own
    this.lost = lost
    this.changed = changed
  }

  /**
   * @param {KioskScreen} screen - that is shown now
   * @param {HTMLElement} body - where it stands
   */
  of({ aloud, own }, body) {
    this.#own = own ?? null
    this.#root = aloud ?? (own ? body : null)
  }

  /**
   * @param {KioskExchange | null} exchange
   * @returns {boolean} whether it could be read
   */
  can(exchange) {
    return this.#own !== null || (this.#root !== null && exchange?.state === 'answered')
  }

  /**
   * Because somebody asked for it; then every answer is read.
   *
   * @param {KioskExchange | null} exchange
   */
  read(exchange) {
    this.voice.on = true
    const { session } = this.talk
    const root = this.#root
    if (root && this.#own) this.voice.readOwn(this.own(this.#own), root, this.lost)
    else if (root && session && exchange?.numbers.length)
      this.voice.read(session, exchange.numbers, root, this.lost)
    else return
    this.changed('')
  }

  /**
   * Because it has come. Danger is shown, not spoken.
   *
   * @param {KioskExchange | null} exchange
   */
  heed(exchange) {
    if (this.voice.on && (this.#own || !exchange?.crisis)) this.read(exchange)
  }

  /** @param {KioskExchange | null} exchange */
  toggle(exchange) {
    this.voice.on = !this.voice.on
    if (this.voice.on) this.heed(exchange)
    else this.voice.stop()
    this.changed('')
  }

  /**
   * @param {KioskContact} contact
   * @param {HTMLElement} root
   */
  async number(contact, root) {
    this.voice.on = true
    try {
      this.voice.readNumber(await this.talk.begun(), contact.id, root, this.lost)
      this.changed('')
    } catch {
      this.changed(this.lost())
    }
  }
}
