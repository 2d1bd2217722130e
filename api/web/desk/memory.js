/**
 * What one tab of the desk remembers through a reload: replies that are being written, replies
 * that did not get through, whether there is sound. It goes with the tab and with signing out,
 * and nobody else who signs in here gets it.
 */

const NAME = 'lotsen-desk'

export class DeskMemory {
  /** @type {DeskKept} */
  #kept

  /** @param {string} staff */
  constructor(staff) {
    const read = readKept()
    if (read?.staff !== staff) forgetAll()
    this.#kept = read?.staff === staff ? read : { staff, drafts: {}, unsent: {}, sound: false }
  }

  get sound() {
    return this.#kept.sound
  }

  /** Handoffs with replies that did not get through, and these. */
  get unsent() {
    return Object.entries(this.#kept.unsent)
  }

  /** @param {string} id */
  draft(id) {
    return this.#kept.drafts[id] ?? ''
  }

  /** @param {boolean} sound */
  keepSound(sound) {
    this.#keep({ sound })
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  keepDraft(id, text) {
    const { [id]: _, ...others } = this.#kept.drafts
    this.#keep({ drafts: text ? { ...others, [id]: text } : others })
  }

  /**
   * What was being written in a chat that is over goes with it.
   *
   * @param {(string | null)[]} ids
   */
  keepDraftsOf(ids) {
    for (const id of Object.keys(this.#kept.drafts)) if (!ids.includes(id)) this.keepDraft(id, '')
  }

  /**
   * @param {string} id
   * @param {{ key: string, text: string }[]} replies
   */
  keepUnsent(id, replies) {
    const { [id]: _, ...others } = this.#kept.unsent
    this.#keep({ unsent: replies.length ? { ...others, [id]: replies } : others })
  }

  /** @param {Partial<DeskKept>} part */
  #keep(part) {
    this.#kept = { ...this.#kept, ...part }
    try {
      sessionStorage.setItem(NAME, JSON.stringify(this.#kept))
    } catch {
      // Storage that is full or forbidden: it is kept for as long as the page is open.
    }
  }
}

/** Leave nothing behind for whoever uses the computer next. */
export function forgetAll() {
  try {
    sessionStorage.removeItem(NAME)
  } catch {
    // Forbidden storage holds nothing of ours.
  }
}

/** @returns {DeskKept | null} */
function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? 'null')
  } catch {
    return null
  }
}
