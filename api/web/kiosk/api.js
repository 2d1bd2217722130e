/**
 * API v1 as the kiosk uses it, and the kiosk's own record.
 */

import { SPOKEN_MS } from '../components/listen/requests.js'
import { Api, Fault, SLOW_MS, refusal } from '../core/api.js'

export class KioskApi extends Api {
  /**
   * @param {string} municipality
   * @returns {Promise<KioskRecord>}
   */
  async kiosk(municipality) {
    const query = `language=${encodeURIComponent(this.language())}`
    const response = await this.#reach(
      `kiosk/${encodeURIComponent(municipality)}/record?${query}`,
      { signal: AbortSignal.timeout(SLOW_MS), headers: { 'Accept-Language': this.language() } },
    )
    return response.json()
  }

  /**
   * The kiosk's own words as sound: its start, the ways to a person, whether anybody is there.
   *
   * @param {string} municipality
   * @param {KioskKey} key
   * @returns {SpeechSource}
   */
  own(municipality, key) {
    const path = `kiosk/${encodeURIComponent(municipality)}/say/${key}`
    const ask = (/** @type {string} */ more, /** @type {boolean} */ slow) =>
      this.#reach(`${path}${more}?language=${encodeURIComponent(this.language())}&slow=${slow}`, {
        signal: AbortSignal.timeout(SPOKEN_MS),
        headers: { 'Accept-Language': this.language() },
      })
    return {
      manifest: async (slow) => (await ask('', slow)).json(),
      sound: async (index, slow) => (await ask(`/${index}`, slow)).blob(),
    }
  }

  /**
   * @override
   * @param {{ municipality: string, language: string | null, easy: boolean }} wishes
   * @returns {Promise<Session>}
   */
  start(wishes) {
    return this.json('conversations', { method: 'POST', body: { ...wishes, channel: 'kiosk' } })
  }

  /**
   * Also when the page is just going away.
   *
   * @override
   * @param {Session} session
   */
  async erase({ id, secret }) {
    await this.#reach(`api/v1/conversations/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${secret}`, 'Accept-Language': this.language() },
      keepalive: true,
      signal: AbortSignal.timeout(SLOW_MS),
    })
  }

  /**
   * @param {string} path
   * @param {RequestInit} options
   */
  async #reach(path, options) {
    /** @type {Response} */
    let response
    try {
      response = await fetch(this.server + path, {
        credentials: 'omit',
        cache: 'no-store',
        ...options,
      })
    } catch {
      throw new Fault(0, 'not_reached', '')
    }
    if (!response.ok) throw await refusal(response)
    return response
  }
}
