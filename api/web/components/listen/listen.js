/**
 * Read an answer aloud: the server's voice where it has one, else a Swedish voice that is
 * installed on this device. A voice that lives on somebody else's server is not used: it would
 * send the answer there.
 */

import { button, icon } from '../../core/dom.js'
import { spoken } from '../../core/text.js'

export class Reader {
  /** @type {HTMLButtonElement | null} */
  #pressed = null
  /** @type {HTMLAudioElement | null} */
  #audio = null
  /** @type {Set<() => void>} */
  #waiting = new Set()

  /**
   * @param {Say} say
   * @param {Fetch | null} fetchSpeech - null when the server has no voice
   * @param {(text: string) => void} announce
   */
  constructor(say, fetchSpeech, announce) {
    this.say = say
    this.fetchSpeech = fetchSpeech
    this.announce = announce
    // Voices are often known only after a while.
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', () => {
      for (const look of this.#waiting) look()
    })
  }

  /**
   * @param {MessageView} message
   * @param {string} language
   */
  button(message, language) {
    const root = button(
      this.say('listen'),
      {
        class: 'lotsen-button lotsen-button--quiet lotsen-listen',
        hidden: !this.#can(language),
        click: () =>
          this.#pressed === root ? this.stop() : void this.#read(root, message, language),
      },
      icon('listen'),
    )
    if (root.hidden) this.#waiting.add(() => (root.hidden = !this.#can(language)))
    return root
  }

  stop() {
    this.#audio?.pause()
    this.#audio = null
    globalThis.speechSynthesis?.cancel()
    if (this.#pressed) show(this.#pressed, this.say('listen'), 'listen')
    this.#pressed = null
  }

  /** @param {string} language */
  #can(language) {
    return Boolean(this.fetchSpeech ?? localVoice(language))
  }

  /**
   * @param {HTMLButtonElement} root
   * @param {MessageView} message
   * @param {string} language
   */
  async #read(root, message, language) {
    this.stop()
    this.#pressed = root
    show(root, this.say('stop'), 'stop')
    try {
      await (this.fetchSpeech
        ? this.#play(await this.fetchSpeech(message), root)
        : this.#speak(message, language))
    } catch {
      if (this.#pressed === root) this.announce(this.say('listenLost'))
    }
    if (this.#pressed === root) this.stop()
  }

  /**
   * @param {Blob} blob
   * @param {HTMLButtonElement} root
   */
  async #play(blob, root) {
    if (this.#pressed !== root) return
    const address = URL.createObjectURL(blob)
    const audio = (this.#audio = new Audio(address))
    try {
      await audio.play()
      await new Promise((resolve) => {
        audio.addEventListener('ended', resolve)
        audio.addEventListener('pause', resolve)
      })
    } finally {
      URL.revokeObjectURL(address)
    }
  }

  /**
   * Sentence by sentence: long utterances break off in some browsers.
   *
   * @param {MessageView} message
   * @param {string} language
   */
  async #speak(message, language) {
    const voice = localVoice(language)
    for (const sentence of spoken(message)) {
      if (!this.#pressed) return
      await new Promise((resolve, reject) => {
        const utterance = new SpeechSynthesisUtterance(sentence)
        Object.assign(utterance, { voice, lang: language, rate: 0.95 })
        utterance.addEventListener('end', resolve)
        utterance.addEventListener('error', reject)
        speechSynthesis.speak(utterance)
      })
    }
  }
}

/**
 * @param {string} language
 */
function localVoice(language) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language))
}

/**
 * @param {HTMLButtonElement} root
 * @param {string} words
 * @param {string} sign
 */
function show(root, words, sign) {
  root.replaceChildren(icon(sign), words)
}
