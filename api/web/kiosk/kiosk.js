/**
 * Puts the kiosk into the page that the server has written for it.
 */

import { KioskApi } from './api.js'
import { Kiosk } from './app.js'
import { guard } from './guard.js'

const AGAIN_MS = 5_000

for (const root of document.querySelectorAll('[data-module="lotsen-kiosk"]')) {
  if (root instanceof HTMLElement) void start(root)
}

/** @param {HTMLElement} root */
async function start(root) {
  const { municipality = '', language = 'sv', worker } = root.dataset
  const chosen = { code: language }
  const api = new KioskApi(new URL('../../', import.meta.url).href, () => chosen.code)
  guard(root)
  // It shows the numbers when the server is lost at a time when this page is loaded.
  if (worker) navigator.serviceWorker?.register(worker, { scope: '/kiosk/' }).catch(() => {})
  try {
    const record = await api.kiosk(municipality)
    root.classList.add('kiosk')
    new Kiosk(root, api, record, chosen).start()
  } catch {
    setTimeout(() => void start(root), AGAIN_MS)
  }
}
