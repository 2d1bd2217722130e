/**
 * The desk as it is shown. All that is known comes from the store; every part draws itself anew
 * from it, at most once at a time.
 */

import { el } from '../core/dom.js'
import { Announcer } from '../components/log/log.js'
import { Attention } from './attention.js'
import { Bar } from './bar.js'
import { Callbacks } from './callbacks.js'
import { Desks } from './desks.js'
import { listenToKeys } from './keys.js'
import { Log } from './log.js'
import { DeskMemory } from './memory.js'
import { Notices } from './notices.js'
import { addressOf, placeOf } from './place.js'
import { Queue } from './queue.js'
import { Replies } from './replies.js'
import { Sound } from './sound.js'
import { Store } from './store.js'
import { Talk } from './talk.js'
import { say } from './words.js'
import { Work } from './work.js'

export class App {
  #drawing = false
  /** Whether what is opened next is to be written in. */
  #toWrite = false
  /** The chat that was shown before the list. @type {string | null} */
  #left = null

  /**
   * @param {HTMLElement} root
   * @param {DeskApi} api
   * @param {DeskMe} me
   */
  constructor(root, api, me) {
    this.root = root
    this.store = new Store(api, me, {
      changed: () => this.draw(),
      reached: () => this.replies.retry(),
      busy: (id) => this.replies.busy(id),
    })
    this.memory = new DeskMemory(me.id)
    this.sound = new Sound(this.memory.sound)
    this.announcer = new Announcer()
    this.work = new Work(this)
    this.replies = new Replies({
      api,
      memory: this.memory,
      sent: (id, message) => this.store.stored(id, message),
      refused: (reason) => this.announce(`${say('notSent')}. ${reason}`),
      emptied: (id) => void this.store.readTalk(id),
      changed: () => this.draw(),
    })
    this.attention = new Attention(this.store, {
      announce: (text) => this.announce(text),
      sound: (what) => this.sound.play(what),
    })
    this.bar = new Bar(this)
    this.notices = new Notices(this)
    this.desks = new Desks(this)
    this.queue = new Queue(this)
    this.talk = new Talk(this)
    this.callbacks = new Callbacks(this)
    this.log = new Log(this)
    this.talks = this.#talks()
  }

  start() {
    const { root, bar, notices, callbacks, log, announcer, talks } = this
    root.replaceChildren(
      bar.root,
      el(
        'main',
        { id: 'main', class: 'lotsen-desk__main', tabindex: -1 },
        ...[notices.root, talks, callbacks.root, log.root],
      ),
      announcer.root,
    )
    this.#listen()
    this.store.go(placeOf(location.hash))
    this.store.begin()
  }

  #talks() {
    const { desks, queue, talk } = this
    const side = el('div', { class: 'lotsen-side' }, desks.root, queue.root)
    return el('div', { class: 'lotsen-talks' }, side, talk.root)
  }

  #listen() {
    window.addEventListener('hashchange', () => this.#go())
    document.addEventListener('visibilitychange', () => this.store.look())
    window.addEventListener('beforeunload', (event) => {
      if (this.replies.any) event.preventDefault()
    })
    listenToKeys((name) => this.#press(name))
  }

  /** Show how things stand, once for all that changes at the same time. */
  draw() {
    if (this.#drawing) return
    this.#drawing = true
    queueMicrotask(() => {
      this.#drawing = false
      this.#draw()
    })
  }

  #draw() {
    const { store, root, talks } = this
    // Nobody is signed in, so nobody is shown what citizens wrote.
    talks.hidden = store.place.page !== 'talks' || store.link === 'signedOut'
    root.classList.toggle('lotsen-desk--talking', !!store.place.id)
    const parts = [this.bar, this.notices, this.desks, this.queue, this.talk]
    for (const part of [...parts, this.callbacks, this.log]) part.update()
    this.attention.update()
    if (store.queue) this.memory.keepDraftsOf([...store.rows.map(({ id }) => id), store.place.id])
    if (this.#toWrite && (store.open?.detail || store.open?.problem)) {
      this.#toWrite = false
      this.talk.focus()
    }
  }

  #go() {
    this.complain('')
    this.#left = this.store.place.id
    this.store.go(placeOf(location.hash))
    this.#draw()
    if (!this.#toWrite) this.focusPage()
  }

  /** To the beginning of what is shown. */
  focusPage() {
    const { page, id } = this.store.place
    if (page === 'callbacks') this.callbacks.focus()
    else if (page === 'log') this.log.focus()
    else if (id) this.#toWrite = true
    else this.queue.focus(this.#left)
    this.draw()
  }

  /** @param {string} address */
  openToWrite(address) {
    this.#toWrite = true
    if (location.hash === address) this.draw()
    else location.hash = address
  }

  /**
   * A chat that was handed over or closed: to the list, where the next one is.
   *
   * @param {string} id
   * @param {string} words
   */
  leaveTalk(id, words) {
    this.dropDraft(id)
    if (this.store.place.id === id) location.hash = '#samtal'
    this.announce(words)
  }

  /** @param {import('./keys.js').Shortcut} name */
  #press(name) {
    if (name === 'queue') this.#toQueue()
    else if (name === 'take') this.work.claimNext()
    else if (name === 'next') this.#step(1)
    else if (name === 'previous') this.#step(-1)
    else if (this.talk.reply.root.hidden || this.talks.hidden) this.announce(say('pick'))
    else if (name === 'canned') this.talk.reply.canned.toggle()
    else this.talk.reply.focus()
  }

  #toQueue() {
    // Who goes there while a chat is still being fetched is not to be fetched back.
    this.#toWrite = false
    const narrow = !this.queue.root.checkVisibility()
    if (!narrow) this.queue.focus()
    else if (location.hash === '#samtal') this.focusPage()
    else location.hash = '#samtal'
  }

  /** @param {1 | -1} way */
  #step(way) {
    const mine = this.store.queue?.mine ?? []
    if (!mine.length) return this.announce(say('noneOfMine'))
    const at = mine.findIndex(({ id }) => id === this.store.place.id)
    const next = mine.at((at < 0 && way < 0 ? 0 : at + way) % mine.length)
    if (next) this.openToWrite(addressOf(next.id))
  }

  turnSound() {
    const on = !this.memory.sound
    this.memory.keepSound(on)
    this.sound.turn(on)
    this.draw()
  }

  /**
   * A reply that did not get through goes back to where it can be changed.
   *
   * @param {string} id
   * @param {string} key
   * @param {string} text
   */
  takeBack(id, key, text) {
    this.replies.drop(id, key)
    const { reply } = this.talk
    if (!reply.root.hidden && this.store.place.id === id) reply.put(text)
    else this.memory.keepDraft(id, [this.memory.draft(id), text].filter(Boolean).join('\n'))
    this.draw()
  }

  /**
   * @param {string} id
   * @param {string} key
   */
  dropReply(id, key) {
    this.replies.drop(id, key)
    this.talk.focus()
  }

  /** @param {string} id */
  dropDraft(id) {
    this.memory.keepDraft(id, '')
    this.draw()
  }

  /** @param {string} text */
  complain(text) {
    this.notices.show(text)
  }

  /** @param {string} text */
  announce(text) {
    this.announcer.say(text)
  }

  /** @param {string} text */
  announceAtRest(text) {
    this.announcer.sayAtRest(text)
  }
}
