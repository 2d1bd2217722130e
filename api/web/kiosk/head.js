/**
 * Whose kiosk it is, that a computer answers, what the time is and who is open.
 */

import { el } from '../core/dom.js'
import { openState } from './contact.js'

const ZONE = 'Europe/Stockholm'

export class Head {
  #ahead = 0
  #clock = el('p', { class: 'kiosk-head__clock' })

  /**
   * @param {KioskRecord} record
   * @param {KioskLanguage} language
   * @param {KioskSay} say
   * @param {boolean} lost
   */
  parts(record, language, say, lost) {
    // What was true when the server was last heard may be so no longer.
    const [first] = lost ? [] : record.contacts.filter(({ status }) => status)
    // The server's clock: that of a kiosk may be wrong.
    this.#ahead = Date.parse(record.now) - Date.now()
    this.tick(record.language, say)
    return [
      el(
        'div',
        { class: 'kiosk-head__who' },
        el('p', { class: 'kiosk-head__name' }, record.municipality.name),
        el('p', { class: 'kiosk-head__machine', lang: language.code }, language.machine),
      ),
      el('div', { class: 'kiosk-head__now' }, this.#clock, first ? openState(first) : null),
    ]
  }

  /**
   * @param {'sv' | 'en'} language
   * @param {KioskSay} say
   */
  tick(language, say) {
    const now = new Date(Date.now() + this.#ahead)
    const locale = language === 'en' ? 'en-GB' : 'sv-SE'
    const told = (/** @type {Intl.DateTimeFormatOptions} */ options) =>
      new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options }).format(now)
    const time = told({ hour: '2-digit', minute: '2-digit' }).replace(':', '.')
    const day = told({ weekday: 'long', day: 'numeric', month: 'long' })
    const words = `${day}. ${say('clock', { number: time })}.`
    if (words !== this.#clock.textContent) this.#clock.textContent = words
  }
}
