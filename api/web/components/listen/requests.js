/**
 * What API v1 speaks: an answer of one's own conversation, or a contact's number, slowly.
 */

/** A sentence that nobody has heard before is spoken while one waits. */
export const SPOKEN_MS = 15_000

/**
 * @param {Api} api
 * @param {Session} session
 * @param {number} number - of the message
 * @returns {SpeechSource}
 */
export function messageSource(api, session, number) {
  return source(api, session, `messages/${number}`)
}

/**
 * @param {Api} api
 * @param {Session} session
 * @param {string} contact - its id
 * @returns {SpeechSource}
 */
export function contactSource(api, session, contact) {
  return source(api, session, `contacts/${encodeURIComponent(contact)}`)
}

/**
 * @param {Api} api
 * @param {Session} session
 * @param {string} what
 * @returns {SpeechSource}
 */
function source(api, { id, secret }, what) {
  const path = `conversations/${id}/${what}/speech`
  const options = { secret, timeout: SPOKEN_MS }
  return {
    manifest: (slow) => api.json(`${path}?slow=${slow}`, options),
    sound: async (index, slow) =>
      (await api.fetch(`${path}/${index}?slow=${slow}&format=wav`, options)).blob(),
  }
}
