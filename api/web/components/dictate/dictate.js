/**
 * Speak instead of writing. What was heard is put into the field, where it can be read and changed;
 * it is never sent from here. Before the microphone is used for the first time one reads where the
 * sound goes.
 */

import { button, el, icon } from '../../core/dom.js'
import { voice } from '../../core/text.js'
import { isLocal, recognise, recognition } from './recognise.js'
import { record } from './record.js'
import { sv } from './strings.js'
import { Unheard } from './unheard.js'

const MICROPHONE =
  'M12 3.5a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5zM6 11a6 6 0 0 0 12 0M12 17v3.5'
const STOP = 'M7 7h10v10H7z'
const SECONDS = 30

/**
 * Where the sound goes, as it has been read on this page.
 *
 * @type {Set<DictateKey>}
 */
const told = new Set()

/**
 * A button and its words, to stand beside the field; null where the browser can't do it.
 *
 * @param {DictateSetup} setup
 * @returns {(HTMLElement & { stop: () => void }) | null}
 */
export function dictation(setup) {
  if (setup.mode === 'browser' && !recognition()) return null
  const one = new Dictation(setup)
  return Object.assign(one.root, { stop: () => one.drop() })
}

class Dictation {
  /** @type {Listening | null} */
  #listening = null
  /** Counts tries: what comes of one that was given up is not heeded. */
  #try = 0
  #timer = 0
  /** Something is waited for that can be given up. */
  #busy = false
  #local = false

  /** @param {DictateSetup} setup */
  constructor(setup) {
    this.setup = setup
    this.say = setup.say ?? voice(sv)
    this.button = button('', { class: 'lotsen-button lotsen-dictate__button' })
    this.button.addEventListener('click', () => this.#press())
    this.where = el('div', { class: 'lotsen-dictate__where', hidden: true })
    this.text = el('p', { class: 'lotsen-dictate__text', hidden: true })
    this.root = el('div', { class: 'lotsen-dictate' }, this.button, this.where, this.text)
    this.#rest()
    // Nobody is listened to out of sight.
    new ResizeObserver(() => this.root.getClientRects().length || this.drop()).observe(this.root)
    addEventListener('pagehide', () => this.drop())
    document.addEventListener('visibilitychange', () => document.hidden && this.drop())
  }

  /** Let go of the microphone and of what it heard. */
  drop() {
    this.#try += 1
    this.#listening?.drop()
    if (this.#listening || this.#busy || !this.where.hidden) this.#rest()
  }

  #press() {
    if (this.#busy) this.drop()
    else if (this.#listening) this.#listening.stop()
    else void this.#where()
  }

  /** Begin, if it is known where the sound goes. */
  async #where() {
    const { mode, language = 'sv' } = this.setup
    this.#local = mode === 'browser' && (await isLocal(regional(language)))
    const where = mode === 'whisper' ? 'whereServer' : this.#local ? 'whereLocal' : 'whereBrowser'
    if (told.has(where)) void this.#begin()
    else this.#tell(where)
  }

  /** @param {DictateKey} where */
  #tell(where) {
    const begin = button(this.say('begin'), {
      class: 'lotsen-button lotsen-button--primary',
      click: () => {
        told.add(where)
        void this.#begin()
        this.button.focus()
      },
    })
    const cancel = button(this.say('cancel'), {
      click: () => {
        this.#rest()
        this.button.focus()
      },
    })
    this.where.replaceChildren(el('p', {}, this.say(where), ' ', this.say('secret')), begin, cancel)
    this.where.hidden = false
    this.button.hidden = this.text.hidden = true
    this.setup.announce(`${this.say(where)} ${this.say('secret')}`)
    begin.focus()
  }

  async #begin() {
    const { mode, hear, language = 'sv' } = this.setup
    const id = (this.#try += 1)
    const current = () => id === this.#try
    /** @type {Ear} */
    const ear = {
      language: regional(language),
      begun: () => current() && this.#hearing(),
      working: () => current() && this.#working(),
      heard: (text) => current() && this.#write(text),
      ended: (problem) => current() && this.#ended(problem),
    }
    this.#wait(this.say('asking'))
    try {
      const listening = await (mode === 'whisper' && hear
        ? record(ear, hear)
        : recognise(ear, this.#local))
      if (current()) this.#listening = listening
      else listening.drop()
    } catch (error) {
      if (current()) this.#ended(error instanceof Unheard ? error : new Unheard('away'))
    }
  }

  #hearing() {
    const { seconds = SECONDS } = this.setup
    this.#busy = false
    this.#show(this.say('stop'), STOP, this.say('listening'))
    this.root.classList.add('lotsen-dictate--on')
    this.setup.announce(this.say('listening'))
    this.#timer = window.setTimeout(() => {
      this.setup.announce(this.say('timeUp', { seconds }))
      this.#listening?.stop()
    }, seconds * 1000)
  }

  #working() {
    this.#listening = null
    this.#wait(this.say('working'))
    this.setup.announce(this.say('working'))
  }

  /** @param {Unheard | null} problem */
  #ended(problem) {
    const words = problem ? problem.words || this.say(problem.reason) : this.say('done')
    this.#rest(words)
    this.setup.announce(words)
  }

  /** @param {string} text */
  #write(text) {
    const { field } = this.setup
    const before = field.value.trimEnd()
    const first = before ? text : text.charAt(0).toUpperCase() + text.slice(1)
    field.value = before ? `${before} ${first}` : first
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }

  /** @param {string} [words] */
  #rest(words = '') {
    this.#quiet()
    this.#busy = false
    this.#listening = null
    this.#show(this.say('speak'), MICROPHONE, words)
  }

  /** @param {string} words */
  #wait(words) {
    this.#quiet()
    this.#busy = true
    this.#show(this.say('cancel'), STOP, words)
  }

  #quiet() {
    clearTimeout(this.#timer)
    this.root.classList.remove('lotsen-dictate--on')
  }

  /**
   * @param {string} name
   * @param {string} sign
   * @param {string} words
   */
  #show(name, sign, words) {
    const focused = this.where.contains(focusOf(this.root))
    this.where.hidden = true
    this.button.hidden = false
    this.button.replaceChildren(icon(sign), name)
    this.text.textContent = words
    this.text.hidden = !words
    if (focused) this.button.focus()
  }
}

/** @param {HTMLElement} root */
function focusOf(root) {
  return /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement ?? null
}

/** @param {string} language */
function regional(language) {
  return language.startsWith('en') ? 'en-GB' : 'sv-SE'
}
