/**
 * Speech: off until it is asked for, then on for every answer until the visitor leaves. Danger is
 * shown and not spoken, unless somebody asks for just that.
 */

import { highlight } from '../components/listen/highlight.js'
import { Player } from '../components/listen/player.js'
import { contactSource, messageSource } from '../components/listen/requests.js'

/** Three steps, of which the middle one is where everybody begins. */
const VOLUMES = [0.35, 0.7, 1]

export class Voice {
  on = false
  slow = false
  level = 1
  /** @type {Player | null} */
  #player = null
  /** @type {PlayerState['phase']} */
  phase = 'idle'

  /**
   * @param {Api} api
   * @param {(words: string) => void} changed - what went wrong, if anything did
   */
  constructor(api, changed) {
    this.api = api
    this.changed = changed
  }

  /** Whether something is heard, or about to be. */
  get busy() {
    return this.phase === 'loading' || this.phase === 'playing'
  }

  /** Whether there is something to pause, to repeat or to stop. */
  get open() {
    return this.#player !== null
  }

  /**
   * @param {Session} session
   * @param {number[]} numbers - of the messages, in order
   * @param {HTMLElement} root - where their sentences stand
   * @param {(key: 'listenLost' | 'listenBlocked') => string} say
   */
  read(session, numbers, root, say) {
    this.#play(row(numbers.map((number) => messageSource(this.api, session, number))), root, say)
  }

  /**
   * The number of a contact, which is always said slowly and twice.
   *
   * @param {Session} session
   * @param {string} contact
   * @param {HTMLElement} root
   * @param {(key: 'listenLost' | 'listenBlocked') => string} say
   */
  readNumber(session, contact, root, say) {
    this.#play(contactSource(this.api, session, contact), root, say)
  }

  /**
   * What the kiosk says of itself.
   *
   * @param {SpeechSource} source
   * @param {HTMLElement} root
   * @param {(key: 'listenLost' | 'listenBlocked') => string} say
   */
  readOwn(source, root, say) {
    this.#play(source, root, say)
  }

  pause() {
    if (this.phase === 'paused') this.#player?.resume()
    else if (this.busy) this.#player?.pause()
    else this.#player?.again()
  }

  again() {
    this.#player?.again()
  }

  slower() {
    this.slow = !this.slow
    this.#player?.setSlow(this.slow)
    this.changed('')
  }

  louder() {
    this.level = (this.level + 1) % VOLUMES.length
    this.#player?.setVolume(this.volume)
    this.changed('')
  }

  get volume() {
    return VOLUMES[this.level] ?? 1
  }

  stop() {
    this.#player?.stop()
    this.#player = null
    this.phase = 'idle'
    this.changed('')
  }

  /** As everybody finds it. */
  reset() {
    this.stop()
    this.on = this.slow = false
    this.level = 1
  }

  /**
   * @param {SpeechSource} source
   * @param {HTMLElement} root
   * @param {(key: 'listenLost' | 'listenBlocked') => string} say
   */
  #play(source, root, say) {
    this.#player?.stop()
    const { volume, slow } = this
    const player = new Player({
      say,
      source,
      volume,
      slow,
      changed: ({ phase, text, told }) => {
        highlight(root, text, phase === 'playing' || phase === 'paused')
        if (player !== this.#player) return
        this.phase = phase
        this.changed(told)
      },
    })
    this.#player = player
    void player.play()
  }
}

/**
 * Several messages as one.
 *
 * @param {SpeechSource[]} sources
 * @returns {SpeechSource}
 */
function row(sources) {
  const [first] = sources
  if (first && sources.length === 1) return first
  /** @type {[SpeechSource, number][]} */
  let places = []
  return {
    async manifest(slow) {
      const told = await Promise.all(sources.map((source) => source.manifest(slow)))
      places = told.flatMap(({ sentences }, at) =>
        sentences.map(({ index }) => /** @type {[SpeechSource, number]} */ ([sources[at], index])),
      )
      const sentences = told.flatMap((one) => one.sentences)
      return {
        language: told[0]?.language ?? 'sv',
        sentences: sentences.map((sentence, index) => ({ ...sentence, index })),
      }
    },
    sound(index, slow) {
      const [source, own] = places[index] ?? []
      return source ? source.sound(own ?? 0, slow) : Promise.reject(new Error('no such sentence'))
    },
  }
}
