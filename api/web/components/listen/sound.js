/**
 * The sound of sentences that the server speaks. The next one is fetched while one is played.
 */

/** @implements {SpeechOutput} */
export class Sound {
  // One element for all: a browser that lets it play once lets it go on.
  #audio = new Audio()
  /** @type {Map<number, Blob | Promise<Blob>>} */
  #blobs = new Map()
  /** Begin, or go on with, what is in the element. */
  #start = () => {}

  /** @param {SpeechSource} source */
  constructor(source) {
    this.source = source
  }

  set volume(/** @type {number} */ volume) {
    this.#audio.volume = volume
  }

  /**
   * @param {SpeechSentence} sentence
   * @param {boolean} slow
   * @param {SpeechTurn} turn
   */
  async play({ index }, slow, turn) {
    if (!(this.#blobs.get(index) instanceof Blob)) turn.tell('loading')
    const blob = await this.#fetch(index, slow)
    if (turn.abort.signal.aborted) return
    // What fails now is tried again when it is due.
    if (turn.next) Promise.resolve(this.#fetch(turn.next.index, slow)).catch(() => {})
    const address = URL.createObjectURL(blob)
    try {
      this.#audio.src = address
      await this.#heard(turn)
    } catch (error) {
      this.#blobs.delete(index)
      throw error
    } finally {
      URL.revokeObjectURL(address)
    }
  }

  pause() {
    this.#audio.pause()
  }

  resume() {
    this.#start()
  }

  clear() {
    this.#blobs = new Map() // What is still on its way goes to the old one.
    this.#audio.removeAttribute('src')
    this.#audio.load() // Only this lets go of it.
  }

  /**
   * @param {number} index
   * @param {boolean} slow
   */
  #fetch(index, slow) {
    const blobs = this.#blobs
    const known = blobs.get(index)
    if (known) return known
    const fetched = this.source.sound(index, slow)
    blobs.set(index, fetched)
    fetched.then(
      (blob) => blobs.set(index, blob),
      () => blobs.delete(index),
    )
    return fetched
  }

  /**
   * Until its end, or until nobody wants to hear it.
   *
   * @param {SpeechTurn} turn
   */
  async #heard(turn) {
    const audio = this.#audio
    const over = new AbortController()
    const { signal } = over
    try {
      await new Promise((resolve, reject) => {
        turn.abort.signal.addEventListener('abort', resolve, { signal })
        audio.addEventListener('ended', resolve, { signal })
        audio.addEventListener('error', reject, { signal })
        audio.addEventListener('playing', () => turn.tell('playing'), { signal })
        // Also by a key on the keyboard, or a call that comes in.
        const rests = () => audio.paused && !audio.ended && turn.tell('paused')
        audio.addEventListener('pause', rests, { signal })
        this.#start = () => audio.play().catch((error) => refused(error, turn, reject))
        if (!turn.held) this.#start()
      })
    } finally {
      over.abort()
      this.#start = () => {}
      audio.pause()
    }
  }
}

/**
 * @param {DOMException} error
 * @param {SpeechTurn} turn
 * @param {(error: Error) => void} fail
 */
function refused(error, turn, fail) {
  if (error.name === 'NotAllowedError') turn.tell('blocked')
  // Else it was paused before it began, which is no fault.
  else if (error.name !== 'AbortError') fail(error)
}
