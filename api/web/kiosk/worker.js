/**
 * Shows the page of numbers when the server is lost. It keeps that page and what it needs, and
 * nothing else: no answer, no question, no record.
 *
 * The address that it was registered with tells the municipality.
 */

/** @typedef {Event & { waitUntil(done: Promise<unknown>): void }} Lasting */
/** @typedef {Lasting & { request: Request, respondWith(answer: Promise<Response>): void }} Fetching */
/** @typedef {{ skipWaiting(): Promise<void>, clients: { claim(): Promise<void> } }} Scope */

// A block, for this is no module: its names would be everybody's.
{
  const scope = /** @type {EventTarget & Scope} */ (/** @type {unknown} */ (self))
  const municipality = new URL(location.href).searchParams.get('municipality') ?? ''

  const KIOSK = `/kiosk/${municipality}`
  const LOST = `${KIOSK}/lost`
  const KEPT = [
    LOST,
    `/assets/theme/${municipality}.css`,
    '/assets/kiosk/lost.css',
    '/assets/kiosk/lost.js',
  ]
  const CACHE = `lotsen-lost-${municipality}`

  /** How long a page may take before the server counts as lost, in milliseconds. */
  const PATIENCE = 8000
  /** What a proxy says when there is nobody behind it. */
  const AWAY = [502, 503, 504]

  scope.addEventListener('install', (event) => {
    const lasting = /** @type {Lasting} */ (event)
    lasting.waitUntil(keep().then(() => scope.skipWaiting()))
  })

  scope.addEventListener('activate', (event) => {
    const lasting = /** @type {Lasting} */ (event)
    lasting.waitUntil(forgetOthers().then(() => scope.clients.claim()))
  })

  scope.addEventListener('fetch', (event) => {
    const fetching = /** @type {Fetching} */ (event)
    const { request } = fetching
    const { pathname } = new URL(request.url)
    if (request.mode === 'navigate') fetching.respondWith(page(request, pathname))
    else if (KEPT.includes(pathname)) fetching.respondWith(file(request, pathname))
  })

  /** All or nothing: a page without its styles would look broken. */
  async function keep() {
    const cache = await caches.open(CACHE)
    await cache.addAll(KEPT.map((address) => new Request(address, { cache: 'reload' })))
  }

  async function forgetOthers() {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
  }

  /**
   * A page from the server; the page of numbers when there is none. Each page that comes is a sign
   * that the server is there, so the numbers are read anew.
   *
   * @param {Request} request
   * @param {string} pathname
   * @returns {Promise<Response>}
   */
  async function page(request, pathname) {
    const answer = await fetched(request)
    if (answer) {
      if (pathname === KIOSK) await keep().catch(() => {})
      return answer
    }
    return (await kept(LOST)) ?? Response.error()
  }

  /**
   * @param {Request} request
   * @param {string} pathname
   * @returns {Promise<Response>}
   */
  async function file(request, pathname) {
    return (await fetched(request)) ?? (await kept(pathname)) ?? Response.error()
  }

  /**
   * @param {Request} request
   * @returns {Promise<Response | null>} null when the server is lost
   */
  async function fetched(request) {
    try {
      const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) })
      return AWAY.includes(answer.status) ? null : answer
    } catch {
      return null
    }
  }

  /**
   * @param {string} pathname
   * @returns {Promise<Response | undefined>}
   */
  async function kept(pathname) {
    const cache = await caches.open(CACHE)
    return cache.match(pathname)
  }
}
