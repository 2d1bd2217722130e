/**
 * Where in the desk one is, kept in the address: a reload comes back to it, and the browser's own
 * back button goes from a chat to the list.
 */

/** @type {Record<string, 'callbacks' | 'log'>} */
const PAGES = { '#uppringning': 'callbacks', '#logg': 'log' }

/**
 * @param {string} hash
 * @returns {DeskPlace}
 */
export function placeOf(hash) {
  const page = PAGES[hash]
  if (page) return { page, id: null }
  return { page: 'talks', id: /^#samtal\/([\w-]+)$/.exec(hash)?.[1] ?? null }
}

/** @param {string} id */
export function addressOf(id) {
  return `#samtal/${id}`
}
