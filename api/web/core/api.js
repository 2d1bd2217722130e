/**
 * Talk to API v1. Every failure becomes a Fault: either the server said no, or it was not reached.
 */

/** After so long without an answer a message counts as lost. */
export const SLOW_MS = 8000

export class Fault extends Error {
  /**
   * @param {number} status - 0 when no answer came
   * @param {string} code
   * @param {string} message - for people, from the server; may be empty
   * @param {string} field - of the request that is wrong, if it is one
   */
  constructor(status, code, message, field = '') {
    super(message)
    this.status = status
    this.code = code
    this.field = field
  }

  /** Whether trying the same again may help. */
  get lost() {
    return this.status === 0 || this.status >= 500
  }

  /** Whether the conversation is no longer there, or not ours. */
  get gone() {
    return this.status === 401 || this.status === 404
  }
}

export class Api {
  /**
   * @param {string} server - with a slash at its end
   * @param {() => string} language - of what the server says to people
   */
  constructor(server, language) {
    this.server = server
    this.language = language
  }

  /**
   * @param {string} municipality
   * @returns {Promise<MunicipalityRecord>}
   */
  record(municipality) {
    const language = encodeURIComponent(this.language())
    return this.json(`municipalities/${encodeURIComponent(municipality)}?language=${language}`)
  }

  /**
   * @param {{ municipality: string, language: string | null, easy: boolean }} wishes
   * @returns {Promise<Session>}
   */
  start(wishes) {
    return this.json('conversations', { method: 'POST', body: { ...wishes, channel: 'web' } })
  }

  /**
   * @param {Session} session
   * @returns {Promise<ConversationView>}
   */
  read({ id, secret }) {
    return this.json(`conversations/${id}`, { secret })
  }

  /**
   * @param {Session} session
   * @param {{ easy?: boolean, language?: string | null }} wishes
   */
  async change({ id, secret }, wishes) {
    await this.fetch(`conversations/${id}`, { method: 'PATCH', secret, body: wishes })
  }

  /**
   * @param {Session} session
   * @param {string} text
   * @param {string} key - the same for the same message, however often it is sent
   * @returns {Promise<Exchange>}
   */
  send({ id, secret }, text, key) {
    return this.json(`conversations/${id}/messages`, {
      method: 'POST',
      secret,
      body: { text, key },
    })
  }

  /**
   * @param {Session} session
   * @param {number} number
   * @param {{ helped: boolean, words?: string }} said
   */
  async giveFeedback({ id, secret }, number, said) {
    const path = `conversations/${id}/messages/${number}/feedback`
    await this.fetch(path, { method: 'POST', secret, body: said })
  }

  /** @param {Session} session */
  async transcript({ id, secret }) {
    return (await this.fetch(`conversations/${id}/transcript`, { secret })).text()
  }

  /**
   * Out of the queue, or away from the person who answers.
   *
   * @param {Session} session
   * @returns {Promise<HandoffView>}
   */
  leave({ id, secret }) {
    return this.json(`conversations/${id}/handoff`, { method: 'DELETE', secret })
  }

  /** @param {Session} session */
  async erase({ id, secret }) {
    await this.fetch(`conversations/${id}`, { method: 'DELETE', secret })
  }

  /**
   * @param {string} path
   * @param {Options} [options]
   */
  async json(path, options) {
    const response = await this.fetch(path, options)
    try {
      return await response.json()
    } catch {
      throw new Fault(0, 'broken_answer', '')
    }
  }

  /**
   * @param {string} path
   * @param {Options} [options]
   * @returns {Promise<Response>} an answer that says yes
   */
  async fetch(path, { method = 'GET', body, secret, timeout = SLOW_MS } = {}) {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), timeout)
    /** @type {Record<string, string>} */
    const headers = { 'Accept-Language': this.language() }
    if (secret) headers['Authorization'] = `Bearer ${secret}`
    if (body) headers['Content-Type'] = 'application/json'
    try {
      const response = await fetch(`${this.server}api/v1/${path}`, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
        signal: stop.signal,
        credentials: 'omit',
        cache: 'no-store',
      })
      if (response.ok) return response
      throw await refusal(response)
    } catch (error) {
      throw error instanceof Fault ? error : new Fault(0, 'not_reached', '')
    } finally {
      clearTimeout(timer)
    }
  }
}

/** @param {Response} response */
export async function refusal(response) {
  try {
    const { error } = await response.json()
    const { code, message, field } = error
    return new Fault(response.status, String(code), String(message), String(field ?? ''))
  } catch {
    return new Fault(response.status, 'unknown', '')
  }
}
