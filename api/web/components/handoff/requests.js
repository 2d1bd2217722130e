/**
 * What API v1 does for somebody who wants a person.
 */

/**
 * @param {Api} api
 * @param {string} municipality
 * @returns {Promise<{ routes: RouteView[], emergency: string }>}
 */
export function readRoutes(api, municipality) {
  return api.json(`municipalities/${encodeURIComponent(municipality)}/routes?${language(api)}`)
}

/**
 * @param {Api} api
 * @param {Session} session
 * @param {string} subject - may be empty
 * @returns {Promise<HandoffView>}
 */
export function join(api, { id, secret }, subject) {
  const body = { subject: subject || null }
  return api.json(`conversations/${id}/handoff`, { method: 'POST', secret, body })
}

/**
 * @param {Api} api
 * @param {string} municipality
 * @returns {Promise<CallbackTimes>}
 */
export function readTimes(api, municipality) {
  const path = `municipalities/${encodeURIComponent(municipality)}/callback-times`
  return api.json(`${path}?${language(api)}`)
}

/**
 * @param {Api} api
 * @param {string} municipality
 * @param {CallbackWish} wish
 * @returns {Promise<CallbackReceipt>}
 */
export function book(api, municipality, wish) {
  const path = `municipalities/${encodeURIComponent(municipality)}/callbacks`
  return api.json(path, { method: 'POST', body: { ...wish, language: api.language() } })
}

/**
 * @param {Api} api
 * @param {CallbackKey} key
 * @returns {Promise<CallbackState>}
 */
export function readCallback(api, { receipt, secret }) {
  return api.json(`callbacks/${encodeURIComponent(receipt)}`, { secret })
}

/**
 * @param {Api} api
 * @param {CallbackKey} key
 * @returns {Promise<CallbackState>}
 */
export function cancel(api, { receipt, secret }) {
  return api.json(`callbacks/${encodeURIComponent(receipt)}`, { method: 'DELETE', secret })
}

/**
 * @param {Api} api
 * @param {Session} session
 * @param {MailWish} wish
 * @returns {Promise<{ receipt: string, text: string }>}
 */
export function mail(api, { id, secret }, wish) {
  return api.json(`conversations/${id}/mail`, { method: 'POST', secret, body: wish })
}

/** @param {Api} api */
function language(api) {
  return `language=${encodeURIComponent(api.language())}`
}
