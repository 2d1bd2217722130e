/**
 * The kiosk's words: those of its record, and the few that only its scripts need.
 */

import { voice } from '../core/text.js'
import { sv } from './strings.js'
import { en } from './strings.en.js'

/**
 * @param {KioskRecord} record
 * @returns {KioskSay}
 */
export function wordsOf({ language, words }) {
  /** @type {Record<string, string>} */
  const all = { ...(language === 'en' ? en : sv), ...words }
  return voice(all)
}
