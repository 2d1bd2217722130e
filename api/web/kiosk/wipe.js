/**
 * Nothing is left of a visitor: not on the server, not in the browser, not on the screen. The page
 * is loaded anew, but not while the server is away: the browser would show its own page of errors.
 */

import { Fault } from '../core/api.js'

export class Wipe {
  /** Something is still to be done when the server is back. */
  owed = false
  /** @type {Session[]} */
  #sessions = []

  /** @param {import('./app.js').Kiosk} kiosk */
  constructor(kiosk) {
    this.kiosk = kiosk
    addEventListener('pagehide', () => {
      this.#take()
      for (const session of this.#sessions) kiosk.api.erase(session).catch(() => {})
    })
    // Taken out of the browser's store of pages, it would show what was shown.
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  }

  /** The conversation alone; the next question begins another. */
  conversation() {
    this.#take()
    this.#erase().catch(() => (this.owed = true))
  }

  async all() {
    const { kiosk } = this
    this.#take()
    clearStores()
    try {
      await this.#erase()
      await kiosk.api.kiosk(kiosk.record.municipality.id)
      location.replace(location.pathname)
    } catch {
      this.owed = true
      await kiosk.reset()
    }
  }

  /** What could not be erased, once more; whoever stands there now is not disturbed. */
  async retry() {
    await this.#erase().then(
      () => (this.owed = false),
      () => {},
    )
  }

  #take() {
    const session = this.kiosk.talk.end()
    if (session) this.#sessions.push(session)
  }

  async #erase() {
    for (const session of [...this.#sessions]) {
      try {
        await this.kiosk.api.erase(session)
      } catch (error) {
        // Gone, or frozen by the operator (409): nothing more can be done from here.
        if (!(error instanceof Fault && (error.gone || error.status === 409))) throw error
      }
      this.#sessions = this.#sessions.filter((one) => one !== session)
    }
  }
}

function clearStores() {
  try {
    sessionStorage.clear()
    localStorage.clear()
  } catch {
    // Blocked: then nothing was kept either.
  }
}
