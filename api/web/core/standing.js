/**
 * Where the citizen stands on the way to a person: not at all, in the queue, talking, or done.
 */

export class Standing {
  /** @type {HandoffView | null} */
  view = null

  /**
   * @param {Api} api
   * @param {Memory} memory
   * @param {(view: HandoffView) => void} changed
   */
  constructor(api, memory, changed) {
    this.api = api
    this.memory = memory
    this.changed = changed
  }

  /** Whether a person answers, and not the assistant. */
  get talking() {
    return this.view?.state === 'talking'
  }

  /** @param {HandoffView} view */
  heed(view) {
    this.view = view
    this.memory.keep({ engaged: view.state === 'waiting' || view.state === 'talking' })
    this.changed(view)
  }

  /** Let nobody wait for, or write to, somebody who is about to go. */
  leave() {
    const { session, engaged } = this.memory
    if (session && engaged) this.api.leave(session).catch(() => {}) // Silence tells them as well.
  }

  clear() {
    this.view = null
  }
}
