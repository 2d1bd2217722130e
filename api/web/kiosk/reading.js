/**
 * What is read aloud of what is shown, and when: never by itself before it was asked for.
 */

export class Reading {
  /** @type {HTMLElement | null} */
  root = null

  /**
   * @param {KioskVoice} voice
   * @param {import('./talk.js').Talk} talk
   * @param {{ lost: () => string, changed: (told: string) => void }} shown - `lost`: the words for
   *     what can't be read
   */
  constructor(voice, talk, { lost, changed }) {
    this.voice = voice
    this.talk = talk
    this.lost = lost
    this.changed = changed
  }

  /**
   * @param {KioskExchange | null} exchange
   * @returns {boolean} whether it could be read
   */
  can(exchange) {
    return this.root !== null && exchange?.state === 'answered'
  }

  /**
   * Because somebody asked for it; then every answer is read.
   *
   * @param {KioskExchange | null} exchange
   */
  read(exchange) {
    this.voice.on = true
    const { session } = this.talk
    if (!session || !this.root || !exchange?.numbers.length) return
    this.voice.read(session, exchange.numbers, this.root, this.lost)
    this.changed('')
  }

  /**
   * Because it has come. Danger is shown, not spoken.
   *
   * @param {KioskExchange | null} exchange
   */
  heed(exchange) {
    if (this.voice.on && !exchange?.crisis) this.read(exchange)
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
