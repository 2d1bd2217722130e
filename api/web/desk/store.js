/**
 * How things stand at the desk, always as the API tells it: asked for again whenever it says that
 * something changed, and now and then besides. Nothing is worked out here that the server knows.
 */

import { Fault } from '../core/api.js'
import { DeskLive } from './live.js'
import { Reads } from './reads.js'
import { add, lastReply, unreadIn } from './talks.js'

/** So often even without word of a change: a word may be lost. */
const POLL_MS = 20_000
/** So often while the server is not reached. */
const RETRY_MS = 3000

export class Store {
  /** @type {DeskQueue | null} */
  queue = null
  /** @type {DeskCallback[] | null} */
  callbacks = null
  /** @type {DeskLink} */
  link = 'ok'
  /** When the queue was read, for waiting times that go on. */
  readAt = Date.now()
  /** @type {Map<string, DeskTalk>} */
  talks = new Map()
  /** @type {DeskPlace} */
  place = { page: 'talks', id: null }

  #stop = new AbortController()
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #reads = new Reads((error) => this.#read(error))

  /**
   * @param {DeskApi} api
   * @param {DeskMe} me
   * @param {{ changed: () => void, reached: () => void, busy: (id: string) => boolean }} hearer -
   *   busy: a reply is on its way there, whose echo is not to be taken for another
   */
  constructor(api, me, hearer) {
    this.api = api
    this.me = me
    this.hearer = hearer
    this.live = new DeskLive(api, {
      opened: () => this.#readAll(),
      changed: (change) => this.#change(change),
      // A stream may end for no reason of ours: reading tells how things really stand.
      lost: () => void this.readQueue(),
    })
  }

  begin() {
    void this.readQueue()
    void this.live.keepOpen(this.#stop.signal)
    this.#poll()
  }

  end() {
    this.#stop.abort()
    clearTimeout(this.#timer)
  }

  /**
   * @param {DeskRole} role
   * @param {string} [municipality] - none: in any
   */
  can(role, municipality) {
    return this.me.memberships.some(
      (one) => one.roles.includes(role) && (!municipality || one.municipality === municipality),
    )
  }

  /** Seconds since the queue was read. */
  get age() {
    return (Date.now() - this.readAt) / 1000
  }

  /** By the server's clock. */
  get now() {
    const read = this.queue ? Date.parse(this.queue.now) : this.readAt
    return new Date(read + this.age * 1000).toISOString()
  }

  /** The chat that is shown. */
  get open() {
    return this.place.id ? (this.talks.get(this.place.id) ?? null) : null
  }

  get rows() {
    const { waiting = [], mine = [], others = [] } = this.queue ?? {}
    return [...mine, ...waiting, ...others]
  }

  /**
   * The chat as the newest list has it.
   *
   * @param {DeskTalk} talk
   */
  rowOf({ id, detail }) {
    return this.rows.find((one) => one.id === id) ?? detail?.row ?? null
  }

  /** @param {string} id */
  unread(id) {
    return unreadIn(this.talks.get(id))
  }

  /** @param {DeskPlace} place */
  go(place) {
    this.place = place
    if (place.id) void this.readTalk(place.id)
    if (place.page === 'callbacks') void this.readCallbacks()
    this.look()
  }

  /** What is on the screen is seen, while the page is. */
  look() {
    const { open } = this
    const last = open?.detail?.messages.at(-1)?.number ?? 0
    if (open && !document.hidden) open.seen = Math.max(open.seen, last)
    this.hearer.changed()
  }

  readQueue() {
    return this.#reads.once('queue', async () => {
      this.queue = await this.api.queue()
      this.readAt = Date.now()
      this.queue.mine.forEach(({ id }) => this.talks.has(id) || void this.readTalk(id))
      this.#forgetEnded()
    })
  }

  readCallbacks() {
    return this.#reads.once('callbacks', async () => {
      this.callbacks = await this.api.callbacks('')
    })
  }

  /** @param {string} id */
  readTalk(id) {
    /** @type {DeskTalk} */
    const talk = this.talks.get(id) ?? { id, detail: null, seen: 0, problem: '' }
    this.talks.set(id, talk)
    if (this.hearer.busy(id)) return Promise.resolve()
    return this.#reads.once(id, async () => {
      try {
        const detail = await this.api.handoff(id)
        if (this.hearer.busy(id)) return
        // At first what came after the last reply is news; before it somebody has read.
        if (!talk.detail) talk.seen = lastReply(detail)
        talk.detail = detail
        talk.problem = ''
      } catch (error) {
        if (!(error instanceof Fault) || error.lost || error.status === 401) throw error
        talk.detail = null
        talk.problem = error.message
      }
    })
  }

  /**
   * A reply has been stored.
   *
   * @param {string} id
   * @param {DeskMessage} message
   */
  stored(id, message) {
    add(this.talks.get(id)?.detail?.messages ?? [], message)
  }

  /**
   * Do something, and read what it changed.
   *
   * @template Result
   * @param {() => Promise<Result>} work
   * @param {string} [id] - the handoff that it is about
   * @returns {Promise<Result>}
   */
  async act(work, id) {
    try {
      return await work()
    } finally {
      const read = id ? [this.readQueue(), this.readTalk(id)] : [this.readQueue()]
      await Promise.all(read)
    }
  }

  /** @param {DeskChange} change */
  #change({ what, handoff }) {
    void this.readQueue()
    if (what === 'callbacks' && this.place.page === 'callbacks') void this.readCallbacks()
    if (handoff && this.talks.has(handoff)) void this.readTalk(handoff)
  }

  #readAll() {
    void this.readQueue()
    for (const id of this.talks.keys()) void this.readTalk(id)
    if (this.place.page === 'callbacks') void this.readCallbacks()
  }

  #poll() {
    clearTimeout(this.#timer)
    if (this.#stop.signal.aborted) return
    const wait = this.link === 'lost' ? RETRY_MS : POLL_MS
    this.#timer = setTimeout(() => void this.readQueue().then(() => this.#poll()), wait)
  }

  /**
   * Something was read, or could not be.
   *
   * @param {Fault | null} error
   * @returns {boolean} whether reading goes on
   */
  #read(error) {
    if (error) this.#unlink(error.status === 401 ? 'signedOut' : 'lost')
    else this.#reach()
    this.look()
    return this.link === 'ok'
  }

  #reach() {
    const lost = this.link !== 'ok'
    this.link = 'ok'
    if (lost) void this.#comeBack()
    this.hearer.reached()
  }

  /** The token may be another one: somebody may have signed in again in another tab. */
  async #comeBack() {
    this.me = await this.api.me().catch(() => this.me)
    this.#readAll()
  }

  /** @param {DeskLink} link */
  #unlink(link) {
    if (this.link === link || this.link === 'signedOut') return
    this.link = link
    this.#poll()
    this.hearer.changed()
  }

  #forgetEnded() {
    for (const id of this.talks.keys()) {
      if (id !== this.place.id && !this.queue?.mine.some((row) => row.id === id)) {
        this.talks.delete(id)
      }
    }
  }
}
