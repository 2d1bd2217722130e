/**
 * The kiosk: what is shown, for whom, and how it all goes away again.
 */

import { barButtons, speechButtons, toolButtons } from './buttons.js'
import { Exchange } from './exchange.js'
import { Frame } from './frame.js'
import { deedsOf, handOf } from './hands.js'
import { Head } from './head.js'
import { Look } from './look.js'
import { Microphone } from './microphone.js'
import { Presence } from './presence.js'
import { Pulse } from './pulse.js'
import { Reading } from './reading.js'
import { screenOf } from './screens.js'
import { Talk } from './talk.js'
import { Voice } from './voice.js'
import { Wipe } from './wipe.js'
import { wordsOf } from './words.js'

const CLOCK_MS = 5_000
export class Kiosk {
  /** @type {KioskViewName} */
  #view = 'start'
  /** @type {KioskViewName} */
  #before = 'start'
  /** @type {Exchange | null} */
  exchange = null
  draft = ''
  #head = new Head()
  /** @type {KioskSay} */
  say = () => ''

  /**
   * @param {HTMLElement} root
   * @param {import('./api.js').KioskApi} api
   * @param {KioskRecord} record
   * @param {{ code: string }} chosen - the language, which the api follows
   */
  constructor(root, api, record, chosen) {
    this.root = root
    this.api = api
    this.record = record
    this.chosen = chosen
    this.first = record
    this.own = chosen.code
    this.frame = new Frame(root)
    this.look = new Look(root, () => this.#arrange())
    this.voice = new Voice(api, (told) => this.#heard(told))
    this.talk = new Talk(
      api,
      () => ({ municipality: record.municipality.id, language: chosen.code, easy: false }),
      { pending: (one) => this.#sent(one), answered: (key, told) => this.#answered(key, told) },
    )
    this.microphone = new Microphone(this)
    this.reading = new Reading(this.voice, this.talk, {
      own: (key) => api.own(record.municipality.id, key),
      lost: () => this.say('listen_lost'),
      changed: (told) => (told ? this.#heard(told) : this.#arrange()),
    })
    this.pulse = new Pulse({
      ask: async () => {
        this.#refresh(await api.kiosk(record.municipality.id))
        if (this.wipe.owed && !this.pulse.lost) await this.wipe.retry()
      },
      changed: (lost) => this.#reached(lost),
    })
    this.wipe = new Wipe(this)
    this.presence = new Presence(this, () => this.#clean)
  }

  start() {
    this.#furnish()
    this.#draw(false)
    this.pulse.start()
    setInterval(() => this.#head.tick(this.record.language, this.say), CLOCK_MS)
  }

  /** Away with everything, and begin anew. */
  async end() {
    this.presence.stay()
    this.voice.stop()
    this.exchange = null
    this.draft = ''
    this.go('ending')
    await this.wipe.all()
  }

  /** As it was before anybody came; for when the page can't be loaded anew. */
  async reset() {
    this.voice.reset()
    this.look.reset()
    this.#view = this.#before = 'start'
    this.chosen.code = this.own
    this.record = this.first
    this.#furnish()
    this.#draw(true)
    this.frame.tell('')
    await this.pulse.check()
  }

  get #clean() {
    const { voice, talk, chosen, own } = this
    const touched = voice.on || voice.open || talk.session || this.exchange || this.draft
    return this.#view === 'start' && !touched && chosen.code === own && this.look.plain
  }

  /** @param {KioskViewName} view */
  go(view) {
    this.voice.stop()
    if (this.#view === 'start' || this.#view === 'answer') this.#before = this.#view
    this.#view = view
    this.#draw(true)
  }

  /** Back to where one was. */
  close() {
    this.go(this.#before === this.#view ? 'start' : this.#before)
  }

  /** @param {boolean} focus */
  #draw(focus) {
    this.microphone.stop()
    const lost = this.pulse.lost && this.#view !== 'ending'
    const unsent = (this.talk.waiting && this.exchange?.question) || ''
    const view = lost ? 'lost' : this.#view
    const screen = screenOf(view, handOf(this), unsent)
    this.reading.of(screen, this.frame.body)
    this.frame.show(screen, view, focus && !screen.field)
    screen.field?.focus()
    this.#arrange()
  }

  /** Words and heads anew: the language or the record is another. */
  #furnish() {
    const { record } = this
    this.say = wordsOf(record)
    document.documentElement.lang = record.language
    this.frame.head(...this.#head.parts(record, handOf(this).language, this.say, this.pulse.lost))
    this.#arrange()
  }

  /** The buttons around the screen, as they are to be now. */
  #arrange() {
    const { voice, record, look, reading } = this
    const deeds = deedsOf(this)
    const readable = reading.can(this.exchange)
    this.frame.furnish(
      this.say,
      toolButtons(this.say, deeds, look.chosen, record.speech ? voice.on : null),
      barButtons(this.say, deeds, { speech: record.speech, readable }),
    )
    this.frame.speech(speechButtons(this.say, voice))
  }

  /** A new question, perhaps of somebody else: what was asked before is gone. */
  home() {
    this.wipe.conversation()
    this.exchange = null
    this.draft = ''
    this.go('start')
    this.frame.tell('')
  }

  /**
   * @param {string} text
   * @param {string} question - as it is shown
   */
  ask(text, question) {
    this.exchange = new Exchange(question)
    this.go('answer')
    this.frame.tell(this.say('sending'))
    this.talk.send(text)
  }

  /** @param {Pending} pending */
  #sent(pending) {
    const seen = this.exchange?.heed(pending) ?? false
    const failed = pending.state === 'failed'
    if (failed && !pending.reason) void this.pulse.check()
    if (seen && this.#view === 'answer') this.#draw(!failed)
  }

  /**
   * @param {string} key
   * @param {{ message: MessageView, replies: MessageView[] }} told
   */
  #answered(key, told) {
    const exchange = this.exchange
    if (!exchange?.answer(key, told) || this.#view !== 'answer') return
    this.#draw(true)
    this.frame.tell(exchange.replies.map(({ text }) => text).join('\n'))
    this.reading.heed(exchange)
  }

  /** @param {string} told - what went wrong, if anything did */
  #heard(told) {
    this.frame.speech(speechButtons(this.say, this.voice), told)
    if (!told) return
    this.frame.tell(told)
    void this.pulse.check()
  }

  /** @param {string} code */
  async speak(code) {
    const { busy } = this.voice
    this.voice.stop()
    this.chosen.code = code
    try {
      this.#refresh(await this.api.kiosk(this.record.municipality.id))
      await this.talk.change(code)
    } catch {
      await this.pulse.check()
    }
    this.#draw(true)
    if (busy) this.reading.heed(this.exchange)
  }

  /** @param {KioskRecord} record */
  #refresh(record) {
    const before = this.record
    this.record = record
    // Nothing is made anew while a finger may lie on it.
    if (same(before, record)) return
    this.#furnish()
    if (this.#view === 'start') this.#draw(false)
  }

  /** @param {boolean} lost */
  #reached(lost) {
    if (!lost && this.wipe.owed) return void this.wipe.all()
    this.voice.stop()
    this.#furnish()
    this.#draw(true)
    this.frame.tell(lost ? this.say('lost') : '')
    if (!lost) this.talk.again()
  }
}

/**
 * @param {KioskRecord} one
 * @param {KioskRecord} other
 */
function same(one, other) {
  const timeless = (/** @type {KioskRecord} */ record) => JSON.stringify({ ...record, now: '' })
  return timeless(one) === timeless(other)
}
