/**
 * What API v1 makes of a recording.
 */

import { Fault, refusal } from '../../core/api.js'

/** A model takes its time, more so on a small server. */
const HEARD_MS = 45_000

/**
 * @param {Api} api
 * @param {Session} session
 * @param {Blob} sound
 * @returns {Promise<string>} what was said; empty when nothing was
 */
export async function heard(api, { id, secret }, sound) {
  try {
    const response = await fetch(`${api.server}api/v1/conversations/${id}/heard`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${secret}`,
        'Accept-Language': api.language(),
        'Content-Type': sound.type,
      },
      body: sound,
      signal: AbortSignal.timeout(HEARD_MS),
      credentials: 'omit',
      cache: 'no-store',
    })
    if (!response.ok) throw await refusal(response)
    return String((await response.json()).text)
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(0, 'not_reached', '')
  }
}
