/**
 * Plays an answer sentence by sentence, in the widget and in the kiosk. One at a time on a page,
 * and only when it is asked to.
 *
 * Where the sound comes from is the source's business: `messageSource` and `contactSource` of
 * requests.js bring it from the server, `voiceSource` of voice.js from this device.
 */

import { Sound } from './sound.js'

/** @type {Player | null} */
let current = null

export class Player {
  /** @type {SpeechManifest | null} */
  #manifest = null
  /** @type {SpeechTurn | null} */
  #turn = null
  /** The speed was changed while it rested: the sentence begins anew. */
  #stale = false

  /** @param {PlayerSetup} setup */
  constructor({ say, source, changed, volume = 1, slow = false }) {
    this.say = say
    this.source = source
    this.changed = changed
    this.output = source.output ?? new Sound(source)
    this.output.volume = volume
    /** @type {PlayerState} */
    this.state = { phase: 'idle', index: 0, total: 0, text: '', slow, volume, told: '' }
  }

  /**
   * Play from a sentence on; done when it has ended, was stopped or has failed.
   *
   * @param {number} [from]
   */
  async play(from = 0) {
    if (current !== this) current?.stop()
    current = this
    this.#turn?.abort.abort()
    const turn = (this.#turn = this.#newTurn())
    this.#stale = false
    this.#show({ phase: 'loading', index: from })
    try {
      await this.#playAll(from, turn)
    } catch {
      if (turn === this.#turn) this.#end({ phase: 'failed', told: this.say('listenLost') })
    }
  }

  pause() {
    if (!this.#turn || this.#turn.held) return
    this.#turn.held = true
    this.output.pause()
    this.#show({ phase: 'paused' })
  }

  resume() {
    if (!this.#turn) return void this.play()
    if (this.#stale) return void this.play(this.state.index)
    if (!this.#turn.held) return
    this.#turn.held = false
    this.#show({ phase: 'loading' })
    this.output.resume()
  }

  /** From the beginning. */
  again() {
    void this.play()
  }

  /** End it and forget what was fetched. */
  stop() {
    this.#manifest = null
    this.#end({ phase: 'idle' })
    this.output.clear()
    if (current === this) current = null
  }

  /** @param {boolean} slow - the sentence that is being read begins anew */
  setSlow(slow) {
    if (slow === this.state.slow) return
    this.#manifest = null
    this.output.clear()
    this.#stale = this.#turn?.held ?? false
    this.#show({ slow })
    if (this.#turn && !this.#stale) void this.play(this.state.index)
  }

  /** @param {number} volume - 0 to 1 */
  setVolume(volume) {
    this.output.volume = volume
    this.#show({ volume })
  }

  /**
   * @param {number} from
   * @param {SpeechTurn} turn
   */
  async #playAll(from, turn) {
    const { slow, text } = this.state
    const { sentences } = (this.#manifest ??= await twice(() => this.source.manifest(slow)))
    const total = sentences.length
    // Slower, it may be cut otherwise: go on where the same is said.
    const same = sentences[from]?.text === text ? -1 : sentences.findIndex((s) => s.text === text)
    const first = from > 0 && same >= 0 ? same : Math.min(from, total - 1)
    for (const [at, sentence] of sentences.entries()) {
      if (at < first) continue
      if (turn !== this.#turn) return
      turn.next = sentences[at + 1] ?? null
      this.#show({ index: at, total, text: sentence.text })
      await twice(() => this.output.play(sentence, slow, turn))
    }
    if (turn === this.#turn) this.#end({ phase: 'ended' })
  }

  /** @returns {SpeechTurn} */
  #newTurn() {
    const abort = new AbortController()
    /** @type {SpeechTurn} */
    const turn = {
      abort,
      held: false,
      next: null,
      tell: (phase) => turn === this.#turn && this.#hear(phase, turn),
    }
    return turn
  }

  /**
   * @param {'loading' | 'playing' | 'paused' | 'blocked'} told - by the output
   * @param {SpeechTurn} turn
   */
  #hear(told, turn) {
    if (told === 'loading' && turn.held) return
    turn.held = told === 'paused' || told === 'blocked'
    if (told === 'blocked') this.#show({ phase: 'paused', told: this.say('listenBlocked') })
    else this.#show({ phase: told })
  }

  /** @param {Partial<PlayerState>} more */
  #end(more) {
    const turn = this.#turn
    this.#turn = null
    turn?.abort.abort()
    this.#show({ text: '', ...more })
  }

  /** @param {Partial<PlayerState>} more */
  #show(more) {
    const before = this.state
    this.state = { ...before, told: '', ...more }
    const { phase, index, text, slow, volume } = before
    const now = this.state
    const same = now.phase === phase && now.index === index && now.text === text
    if (same && now.slow === slow && now.volume === volume && !now.told) return
    this.changed(now)
  }
}

/**
 * What failed is tried once again.
 *
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
async function twice(act) {
  try {
    return await act()
  } catch {
    return act()
  }
}
