/**
 * Calls for the agent's attention: the title of the tab, a sound, and a word to screen readers
 * when somebody new waits or writes. Each thing is told once.
 */

import { say } from './words.js'

export class Attention {
  /** @type {Set<string> | null} */
  #waiting = null
  /** Number of the last message that was told of, by handoff. @type {Map<string, number>} */
  #told = new Map()

  /**
   * @param {DeskStore} store
   * @param {{ announce: (text: string) => void, sound: (what: 'waiting' | 'message') => void }} ways
   */
  constructor(store, ways) {
    this.store = store
    this.ways = ways
  }

  update() {
    this.#title()
    this.#hearQueue()
    for (const talk of this.store.talks.values()) this.#hearTalk(talk)
  }

  #title() {
    const { queue } = this.store
    const title = say('title')
    const waiting = queue?.waiting.length ?? 0
    const news = queue?.mine.filter(({ id }) => this.store.unread(id) > 0).length ?? 0
    const told = [
      waiting && say('titleWaiting', { n: waiting }),
      news && say('titleNews', { n: news }),
    ].filter(Boolean)
    document.title = told.length ? `${told.join(' ')} – ${title}` : title
  }

  #hearQueue() {
    const { queue } = this.store
    if (!queue) return
    const known = this.#waiting
    this.#waiting = new Set(queue.waiting.map(({ id }) => id))
    if (!known) return
    const fresh = queue.waiting.filter(({ id }) => !known.has(id))
    for (const row of fresh) this.#announceWaiting(row, queue.waiting.length)
    if (fresh.length) this.ways.sound('waiting')
  }

  /**
   * @param {DeskRow} row
   * @param {number} n
   */
  #announceWaiting(row, n) {
    const subject = row.subject ?? say('noSubject')
    const text = say('newWaiting', { subject, municipality: row.municipality_name, n })
    this.ways.announce(row.danger ? say('newDanger', { text }) : text)
  }

  /** @param {DeskTalk} talk */
  #hearTalk({ id, detail }) {
    if (!detail) return
    const told = this.#told.get(id)
    const last = detail.messages.at(-1)?.number ?? 0
    this.#told.set(id, last)
    if (told === undefined) return
    const fresh = detail.messages.filter(({ number }) => number > told)
    const written = fresh.filter(({ sender }) => sender === 'citizen')
    if (this.store.place.id === id) this.#read(fresh)
    else if (written.length) this.#mention(detail.row)
    const looking = this.store.place.id === id && !document.hidden
    if (written.length && !looking) this.ways.sound('message')
  }

  /** @param {DeskMessage[]} messages */
  #read(messages) {
    for (const { sender, text } of messages) {
      if (sender === 'citizen') this.ways.announce(say('citizenSaid', { text }))
      else if (sender === 'notice') this.ways.announce(say('noticeSaid', { text }))
    }
  }

  /** @param {DeskRow} row */
  #mention(row) {
    if (row.state !== 'talking' || row.claimed_by?.id !== this.store.me.id) return
    this.ways.announce(say('newMessage', { subject: row.subject ?? say('noSubject') }))
  }
}
