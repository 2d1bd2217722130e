/**
 * What one can do while an answer is read. It stands under the answer, and stays in sight with it
 * where there is room.
 */

import { button, el, icon } from '../../core/dom.js'
import { highlight } from './highlight.js'
import { Player } from './player.js'

const STOP = 'M7 7h10v10H7z'
const SIGNS = { pause: 'M8 6v12M16 6v12', resume: 'M8 5v14l11-7z', listen: 'listen' }

/** Between the sentence and the bar. */
const GAP = 8
const WORDS = /** @type {const} */ ({
  loading: 'loading',
  playing: 'sentence',
  paused: 'paused',
  ended: 'ended',
  failed: 'listenLost',
})

/** What the next answer is read like too, as long as this page is open. */
const wishes = { slow: false, volume: 1 }

export class Bar {
  #marked = ''

  /** @param {ListenSetup} setup */
  constructor({ say, source, opener, reader }) {
    this.say = say
    this.opener = opener
    this.reader = reader
    this.log = reader.panel.log
    this.article = /** @type {HTMLElement} */ (opener.closest('li'))
    const changed = /** @param {PlayerState} state */ (state) => this.#show(state)
    this.player = new Player({ say, source, changed, ...wishes })
    this.main = button(say('pause'), { click: () => this.#press() }, icon(SIGNS.pause))
    this.slower = button(say('slower'), {
      'aria-pressed': String(wishes.slow),
      click: () => this.#slow(),
    })
    this.text = el('p', { class: 'lotsen-reading__text' }, say('loading'))
    this.root = el(
      'div',
      { class: 'lotsen-reading', role: 'group', 'aria-label': say('bar') },
      this.main,
      button(say('again'), { click: () => this.player.again() }),
      this.slower,
      button(say('stop'), { click: () => this.reader.stop() }, icon(STOP)),
      this.#volume(),
      this.text,
    )
  }

  open() {
    this.opener.hidden = true
    this.article.append(this.root)
    this.main.focus({ preventScroll: true })
    // In sight with the bar: the answer from its beginning, else only the bar.
    if (this.#sticky) this.log.follow(this.article)
    else this.root.scrollIntoView({ block: 'nearest' })
    void this.player.play()
  }

  close() {
    this.reader.end = () => {}
    this.player.stop()
  }

  #press() {
    const { phase } = this.player.state
    if (phase === 'loading' || phase === 'playing') this.player.pause()
    else this.player.resume()
  }

  #slow() {
    wishes.slow = !wishes.slow
    this.slower.setAttribute('aria-pressed', String(wishes.slow))
    this.player.setSlow(wishes.slow)
  }

  #volume() {
    const value = wishes.volume * 100
    const input = el('input', { type: 'range', min: 0, max: 100, step: 10, value })
    input.addEventListener('input', () => {
      wishes.volume = Number(input.value) / 100
      this.player.setVolume(wishes.volume)
    })
    return el('label', { class: 'lotsen-reading__volume' }, this.say('volume'), input)
  }

  /** @param {PlayerState} state */
  #show({ phase, text, told, index, total }) {
    if (text !== this.#marked) this.#mark(text)
    if (phase === 'idle') return this.#gone()
    const active = phase === 'loading' || phase === 'playing'
    const main = active ? 'pause' : phase === 'paused' ? 'resume' : 'listen'
    this.main.replaceChildren(icon(SIGNS[main]), this.say(main))
    const words = told || this.say(WORDS[phase], { index: index + 1, total })
    this.text.textContent = words
    // Beginning, resting and each sentence are heard as it is.
    if (told || phase === 'ended') this.reader.panel.announcer.say(words)
  }

  /** @param {string} text */
  #mark(text) {
    this.#marked = text
    const range = highlight(this.article, text, Boolean(text))
    if (!range || !this.#sticky) return
    const { top, bottom } = this.root.getBoundingClientRect()
    const { root } = this.log
    // Not for who has gone elsewhere in the conversation.
    if (bottom > root.getBoundingClientRect().bottom) return
    root.scrollTop += Math.max(0, range.getBoundingClientRect().bottom + GAP - top)
  }

  get #sticky() {
    return getComputedStyle(this.root).position === 'sticky'
  }

  #gone() {
    const { activeElement } = /** @type {ShadowRoot} */ (this.root.getRootNode())
    const within = this.root.contains(activeElement)
    this.root.remove()
    this.opener.hidden = false
    if (within) this.opener.focus()
  }
}
