/**
 * What the widget remembers in the browser: the key to the conversation, messages that could not
 * be sent, how it is shown, and the municipality's record (so that its phone number is known when
 * the server can't be reached).
 *
 * sessionStorage lives as long as the tab and no cookie is set. A second tab of the same website
 * asks the others for the key; when the last tab is closed nobody has it any more.
 */

const ANSWER_WAIT_MS = 200

/** @type {Kept} */
const NOTHING = {
  session: null,
  unsent: [],
  view: { open: false, scale: 1, easy: false, language: null },
  record: null,
  engaged: false,
  callback: null,
}

/**
 * @param {string} server
 * @param {string} municipality
 */
export function nameOf(server, municipality) {
  return `medborgarlotsen ${server} ${municipality}`
}

export class Memory {
  /** @type {Kept} */
  #kept
  /** @type {BroadcastChannel | null} */
  #channel = null
  /** @type {((session: Session) => void) | null} */
  #waiting = null

  /**
   * @param {string} name - one for each server and municipality
   * @param {(session: Session | null) => void} changed - another tab began or ended a conversation
   */
  constructor(name, changed) {
    this.name = name
    this.changed = changed
    this.#kept = { ...NOTHING, ...read(name) }
  }

  get session() {
    return this.#kept.session
  }

  get unsent() {
    return this.#kept.unsent
  }

  /** Whether a person is waited for or talked with: then the connection is kept. */
  get engaged() {
    return this.#kept.engaged
  }

  /** What the citizen needs to cancel a call that was asked for. */
  get callback() {
    return this.#kept.callback
  }

  get view() {
    return this.#kept.view
  }

  get record() {
    return this.#kept.record
  }

  /** What a conversation is to begin with. */
  get wishes() {
    const { language, easy } = this.view
    return { language, easy }
  }

  /** @param {Partial<Kept>} news */
  keep(news) {
    this.#kept = { ...this.#kept, ...news }
    write(this.name, this.#kept)
  }

  /**
   * Remember a conversation that began here, and tell the other tabs.
   *
   * @param {Session} session
   */
  begin(session) {
    const replaces = this.session?.id ?? null
    this.keep({ session })
    this.#say({ session, replaces })
  }

  /**
   * Forget all but how it is shown.
   *
   * @param {boolean} everywhere - in the other tabs too
   */
  forget(everywhere) {
    const id = this.session?.id
    this.keep({ session: null, unsent: [], engaged: false })
    if (everywhere && id) this.#say({ gone: id })
  }

  /** Leave no trace of having been here, for somebody who must leave quickly. */
  vanish() {
    this.forget(true)
    this.keep({ callback: null })
    try {
      sessionStorage.removeItem(this.name)
    } catch {
      // Then nothing was written either.
    }
  }

  /**
   * Take over the conversation of another tab, if one answers.
   *
   */
  async join() {
    this.#listen()
    if (this.session || !this.#channel) return Boolean(this.session)
    const answer = new Promise((/** @type {(session: Session | null) => void} */ resolve) => {
      this.#waiting = resolve
      setTimeout(() => resolve(null), ANSWER_WAIT_MS)
    })
    this.#say({ ask: true })
    const session = await answer
    this.#waiting = null
    if (session && !this.session) this.keep({ session })
    return Boolean(this.session)
  }

  close() {
    this.#channel?.close()
    this.#channel = null
  }

  #listen() {
    if (this.#channel || typeof BroadcastChannel === 'undefined') return
    this.#channel = new BroadcastChannel(this.name)
    this.#channel.addEventListener('message', ({ data }) => this.#hear(data))
  }

  /** @param {Word} word */
  #hear(word) {
    const own = this.session
    if ('ask' in word) {
      if (own) this.#say({ session: own, replaces: own.id })
    } else if ('gone' in word) {
      if (own?.id === word.gone) this.#take(null)
    } else if (this.#waiting) {
      this.#waiting(word.session)
    } else if (
      own ? own.id === word.replaces && own.id !== word.session.id : word.replaces === null
    ) {
      this.#take(word.session)
    }
  }

  /** @param {Session | null} session */
  #take(session) {
    this.keep({ session, unsent: [], engaged: false })
    this.changed(session)
  }

  /** @param {Word} word */
  #say(word) {
    this.#channel?.postMessage(word)
  }
}

/**
 * @param {string} name
 * @returns {Partial<Kept>}
 */
function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}')
  } catch {
    return {} // Storage is blocked or holds something else: then nothing outlives this page.
  }
}

/**
 * @param {string} name
 * @param {Kept} kept
 */
function write(name, kept) {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept))
  } catch {
    // The conversation goes on; it just does not survive navigation.
  }
}
