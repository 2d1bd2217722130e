/**
 * The browser's own recognition of speech, on the device itself where it can.
 */

import { Unheard } from './unheard.js'

/** @type {Record<string, 'refused' | 'noMicrophone' | 'nothing'>} */
const REASONS = {
  'not-allowed': 'refused',
  'service-not-allowed': 'refused',
  'audio-capture': 'noMicrophone',
  'no-speech': 'nothing',
}

/** @returns {Recognition | undefined} */
export function recognition() {
  const { SpeechRecognition, webkitSpeechRecognition } = /** @type {any} */ (globalThis)
  return SpeechRecognition ?? webkitSpeechRecognition
}

/**
 * Whether this language is recognised without sending the sound anywhere.
 *
 * @param {string} language
 */
export async function isLocal(language) {
  const wish = { langs: [language], processLocally: true }
  try {
    return (await recognition()?.available?.(wish)) === 'available'
  } catch {
    return false
  }
}

/**
 * @param {Ear} ear
 * @param {boolean} local
 * @returns {Promise<Listening>}
 */
export function recognise({ language, begun, heard, ended }, local) {
  const Recognition = /** @type {Recognition} */ (recognition())
  const one = new Recognition()
  Object.assign(one, { lang: language, continuous: true, interimResults: false })
  if (local) one.processLocally = true
  let said = false
  /** @type {Unheard | null} */
  let problem = null
  one.onstart = begun
  one.onresult = ({ resultIndex, results }) => {
    const news = [...results].slice(resultIndex).filter(({ isFinal }) => isFinal)
    const text = news.map(([best]) => best?.transcript.trim()).join(' ')
    if (!text.trim()) return
    said = true
    heard(text)
  }
  one.onerror = ({ error }) => {
    if (error !== 'aborted') problem = new Unheard(REASONS[error] ?? 'away')
  }
  one.onend = () => ended(said ? null : (problem ?? new Unheard('nothing')))
  one.start()
  return Promise.resolve({ stop: () => one.stop(), drop: () => one.abort() })
}
