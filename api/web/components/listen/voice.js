/**
 * Where the server has no speech: a voice that is installed on this device.
 */

import { paragraphs } from '../../core/text.js'
import { localVoice } from './listen.js'

/** A little slower than what voices call normal. */
const RATE = 0.95
const SLOW_RATE = 0.7

/**
 * @param {MessageView} message
 * @param {string} language
 * @returns {SpeechSource}
 */
export function voiceSource(message, language) {
  const listed = message.spoken ? sentences(message.spoken) : spoken(message)
  const told = listed.map((text, index) => ({ index, text, spoken: text }))
  return {
    manifest: async () => ({ language, sentences: told }),
    sound: () => Promise.reject(new Error('This voice makes no files.')),
    output: new Voice(language),
  }
}

/**
 * Sentence by sentence: long utterances break off in some browsers.
 *
 * @implements {SpeechOutput}
 */
class Voice {
  volume = 1
  /** Begin, if it was paused before. */
  #start = () => {}

  /** @param {string} language */
  constructor(language) {
    this.language = language
  }

  /**
   * @param {SpeechSentence} sentence
   * @param {boolean} slow
   * @param {SpeechTurn} turn
   */
  async play({ spoken }, slow, turn) {
    const voice = localVoice(this.language)
    const said = new SpeechSynthesisUtterance(spoken)
    const rate = slow ? SLOW_RATE : RATE
    Object.assign(said, { voice, lang: this.language, rate, volume: this.volume })
    try {
      await new Promise((resolve, reject) => {
        turn.abort.signal.addEventListener('abort', () => (quiet(), resolve(null)))
        said.addEventListener('end', resolve)
        said.addEventListener('error', reject)
        this.#start = () => {
          this.#start = () => {}
          speechSynthesis.speak(said)
          turn.tell('playing')
        }
        if (!turn.held) this.#start()
      })
    } finally {
      this.#start = () => {}
    }
  }

  pause() {
    speechSynthesis.pause()
  }

  resume() {
    speechSynthesis.resume()
    this.#start()
  }

  clear() {
    quiet()
  }
}

/** One that is paused would keep the next one waiting. */
function quiet() {
  speechSynthesis.cancel()
  speechSynthesis.resume()
}

/**
 * What is said of an answer: its statement, without source and contact.
 *
 * @param {MessageView} message
 */
export function spoken(message) {
  const [first = '', ...rest] = paragraphs(message.body ?? message.text)
  return [first, ...message.items.map((item) => `${item}.`), ...rest].flatMap(sentences)
}

/**
 * @param {string} text
 */
export function sentences(text) {
  return text.split(/(?<=[.!?:])\s+(?=\p{Lu})/u).filter(Boolean)
}
