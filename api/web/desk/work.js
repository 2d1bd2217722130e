/**
 * What an agent does, other than writing. Each thing is asked of the server, which decides; what
 * it says no to is told in its own words.
 */

import { askOutcome, askWhere } from './dialogs.js'
import { addressOf } from './place.js'
import { reason, say } from './words.js'

/** @type {Record<DeskCallbackStep, 'saidTake' | 'saidDone' | 'saidUnreachable' | 'saidRelease'>} */
const SAID = {
  take: 'saidTake',
  done: 'saidDone',
  unreachable: 'saidUnreachable',
  release: 'saidRelease',
}
/** @type {Record<DeskPresence, 'nowHere' | 'nowBreak' | 'nowAway'>} */
const PRESENT = { here: 'nowHere', break: 'nowBreak', away: 'nowAway' }

export class Work {
  /** Takings that are on their way: a second press is none. @type {Set<string>} */
  #claiming = new Set()

  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.store = app.store
    this.api = app.store.api
  }

  /** @param {string} id */
  async claim(id) {
    if (!id || this.#claiming.has(id)) return
    this.#claiming.add(id)
    const row = await this.#try(() => this.store.act(() => this.api.step(id, 'claim'), id))
    this.#claiming.delete(id)
    if (!row) return
    this.app.openToWrite(addressOf(id))
    this.app.announce(say('taken', { subject: row.subject ?? say('noSubject') }))
  }

  /** The chat that is shown if it waits, else whoever has waited longest. */
  claimNext() {
    const { place, queue } = this.store
    const mayTake = (queue?.waiting ?? []).filter((row) =>
      this.store.can('agent', row.municipality),
    )
    const next = mayTake.find(({ id }) => id === place.id) ?? mayTake[0]
    if (next) void this.claim(next.id)
    else this.app.announce(say('nobodyWaits'))
  }

  handOver() {
    const { open } = this.store
    if (!open?.detail) return
    const { id } = open
    askWhere(open.detail, (where, whom) => {
      /** @type {Record<string, () => Promise<DeskRow>>} */
      const steps = {
        staff: () => this.api.step(id, 'transfer', { staff: whom }),
        unit: () => this.api.step(id, 'transfer', { unit: whom }),
        queue: () => this.api.step(id, 'release'),
        assistant: () => this.api.step(id, 'give-back'),
      }
      return this.#finish(id, steps[where], say('overDone'))
    })
  }

  closeTalk() {
    const { open } = this.store
    if (!open?.detail) return
    const { id } = open
    askOutcome(open.detail, (outcome) =>
      this.#finish(id, () => this.api.step(id, 'close', { outcome }), say('endedClosed')),
    )
  }

  /** @param {DeskPresence} state */
  async setPresence(state) {
    const before = this.store.me.presence
    // At once: what is drawn meanwhile, for another reason, may not undo what was chosen.
    this.store.me.presence = state
    const done = await this.#try(async () => {
      await this.store.act(() => this.api.setPresence(state))
      return true
    })
    if (done) this.app.announce(say(PRESENT[state]))
    this.store.me.presence = done ? state : before
    this.app.draw()
  }

  /**
   * @param {string} municipality
   * @param {DeskOpening} opening
   */
  async setOpening(municipality, opening) {
    await this.#try(async () => {
      await this.store.act(() => this.api.setOpening(municipality, opening))
      this.app.announce(say('openingChanged'))
    })
  }

  /**
   * @param {string} receipt
   * @param {DeskCallbackStep} step
   */
  async stepCallback(receipt, step) {
    await this.#try(async () => {
      await this.store.act(() => this.api.stepCallback(receipt, step))
      this.app.announce(say(SAID[step], { receipt }))
    })
    await this.store.readCallbacks()
  }

  /**
   * @param {string} id
   * @param {(() => Promise<DeskRow>) | undefined} step
   * @param {string} words - when it is done
   * @returns {Promise<string | null>} what is wrong
   */
  async #finish(id, step, words) {
    if (!step) return say('failed')
    try {
      await this.store.act(step, id)
    } catch (error) {
      return reason(error)
    }
    this.app.leaveTalk(id, words)
    return null
  }

  /**
   * @template Result
   * @param {() => Promise<Result>} work
   * @returns {Promise<Result | null>}
   */
  async #try(work) {
    this.app.complain('')
    try {
      return await work()
    } catch (error) {
      this.app.complain(reason(error))
      return null
    }
  }
}
