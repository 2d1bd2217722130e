/**
 * A short sound when somebody waits or writes: made here, so that no file is fetched. Off until
 * it is turned on; browsers play nothing before the first press on a page anyway.
 */

const SECONDS = 0.16
const LOUD = 0.15
/** Rising: somebody waits. One: somebody wrote. */
const TONES = { waiting: [660, 880], message: [740] }

export class Sound {
  /** @type {AudioContext | null} */
  #context = null

  /** @param {boolean} on */
  constructor(on) {
    this.on = on
    if (on) document.addEventListener('pointerdown', () => this.#wake(), { once: true })
    if (on) document.addEventListener('keydown', () => this.#wake(), { once: true })
  }

  /** @param {boolean} on */
  turn(on) {
    this.on = on
    if (on) this.play('waiting')
  }

  /** @param {keyof typeof TONES} what */
  play(what) {
    if (!this.on) return
    const context = this.#wake()
    TONES[what].forEach((pitch, place) => tone(context, pitch, place * SECONDS))
  }

  #wake() {
    this.#context ??= new AudioContext()
    if (this.#context.state === 'suspended') void this.#context.resume()
    return this.#context
  }
}

/**
 * @param {AudioContext} context
 * @param {number} pitch
 * @param {number} after
 */
function tone(context, pitch, after) {
  const [voice, volume] = [context.createOscillator(), context.createGain()]
  const from = context.currentTime + after
  voice.frequency.value = pitch
  // Without a rise and a fall it clicks.
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(LOUD, from + 0.02)
  volume.gain.linearRampToValueAtTime(0, from + SECONDS)
  voice.connect(volume).connect(context.destination)
  voice.start(from)
  voice.stop(from + SECONDS)
}
