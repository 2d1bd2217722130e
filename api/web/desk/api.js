/**
 * Talk to the desk's API. The cookie of the session goes along by itself; what changes anything
 * also carries the token that only a page of ours can have read.
 */

import { Fault, SLOW_MS, refusal } from '../core/api.js'

const PATH = '/api/v1/desk/'

/** What only somebody who is there does. What is read without it does not keep them signed in. */
const TOUCHES = ['keydown', 'pointerdown', 'click', 'wheel', 'focusin']

export class DeskApi {
  #csrf = ''
  #touched = true
  /** Whose desk this is. */
  #id = ''

  constructor() {
    const touched = () => (this.#touched = true)
    for (const name of TOUCHES) {
      document.addEventListener(name, touched, { capture: true, passive: true })
    }
  }

  /**
   * Whoever else has signed in meanwhile gets a desk of their own, with nothing of this one.
   *
   * @returns {Promise<DeskMe>}
   */
  async me() {
    const me = await this.#json('me')
    if (this.#id && this.#id !== me.id) {
      // Without asking about replies that the other one has not sent.
      const silence = (/** @type {Event} */ event) => event.stopImmediatePropagation()
      window.addEventListener('beforeunload', silence, { capture: true })
      location.reload()
      throw new Fault(401, 'another_person', '')
    }
    this.#id = me.id
    this.#csrf = me.csrf
    return me
  }

  /** @returns {Promise<DeskQueue>} */
  queue() {
    return this.#json('queue')
  }

  /**
   * @param {string} id
   * @returns {Promise<DeskDetail>}
   */
  handoff(id) {
    return this.#json(`handoffs/${encodeURIComponent(id)}`)
  }

  /**
   * @param {string} id
   * @param {'claim' | 'transfer' | 'give-back' | 'release' | 'close'} step
   * @param {object} [how]
   * @returns {Promise<DeskRow>}
   */
  step(id, step, how = {}) {
    return this.#json(`handoffs/${encodeURIComponent(id)}/${step}`, how)
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {string} key - the same for the same reply, however often it is sent
   * @returns {Promise<DeskMessage>}
   */
  reply(id, text, key) {
    return this.#json(`handoffs/${encodeURIComponent(id)}/messages`, { text, key })
  }

  /** @param {DeskPresence} state */
  async setPresence(state) {
    await this.#fetch('presence', { state })
  }

  /**
   * @param {string} municipality
   * @param {DeskOpening} opening
   */
  async setOpening(municipality, opening) {
    await this.#fetch(`municipalities/${encodeURIComponent(municipality)}/opening`, opening)
  }

  /**
   * @param {string} municipality - none: all of one's own
   * @returns {Promise<DeskCallback[]>}
   */
  callbacks(municipality) {
    return this.#json(municipality ? `callbacks?${query({ municipality })}` : 'callbacks')
  }

  /**
   * @param {string} receipt
   * @param {DeskCallbackStep} step
   */
  async stepCallback(receipt, step) {
    await this.#fetch(`callbacks/${encodeURIComponent(receipt)}/${step}`, {})
  }

  /**
   * @param {string} municipality
   * @param {number | null} before - an entry's id: only older ones
   * @returns {Promise<DeskAudit>}
   */
  audit(municipality, before) {
    return this.#json(`audit?${query(before ? { municipality, before } : { municipality })}`)
  }

  /**
   * @param {string} municipality
   * @returns {Promise<DeskFailedMail[]>}
   */
  mail(municipality) {
    return this.#json(`mail?${query({ municipality })}`)
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<Response>} the stream of changes
   */
  events(signal) {
    const headers = { Accept: 'text/event-stream' }
    return fetch(`${PATH}events`, { headers, signal, cache: 'no-store' })
  }

  /**
   * @param {string} path
   * @param {object} [body] - none: only read
   */
  async #json(path, body) {
    const response = await this.#fetch(path, body)
    try {
      return await response.json()
    } catch {
      throw new Fault(0, 'broken_answer', '')
    }
  }

  /**
   * Somebody who has signed in again in another tab has a new token.
   *
   * @param {string} path
   * @param {object} [body]
   */
  async #fetch(path, body) {
    try {
      return await this.#once(path, body)
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'forged')) throw error
      await this.me()
      return this.#once(path, body)
    }
  }

  /**
   * @param {string} path
   * @param {object} [body]
   */
  async #once(path, body) {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), SLOW_MS)
    /** @type {Record<string, string>} */
    const headers = { 'Accept-Language': 'sv' }
    if (body) {
      headers['Content-Type'] = 'application/json'
      headers['X-Lotsen-CSRF'] = this.#csrf
    }
    const touched = this.#touched
    if (touched) headers['X-Lotsen-Active'] = '1'
    this.#touched = false
    try {
      const response = await fetch(PATH + path, {
        method: body ? 'POST' : 'GET',
        headers,
        body: body ? JSON.stringify(body) : null,
        signal: stop.signal,
        cache: 'no-store',
      })
      if (response.ok) return response
      throw await refusal(response)
    } catch (error) {
      this.#touched ||= touched
      throw error instanceof Fault ? error : new Fault(0, 'not_reached', '')
    } finally {
      clearTimeout(timer)
    }
  }
}

/** @param {Record<string, string | number>} values */
function query(values) {
  return new URLSearchParams(
    Object.entries(values).map(([name, value]) => [name, String(value)]),
  ).toString()
}
