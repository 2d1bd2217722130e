/**
 * Follow a run
 *
 * Asks every second how far it has come and shows it; the page is read anew when it is done.
 * Screen readers hear every tenth of the way, not every second.
 */

const EVERY_MS = 1000
const AGAIN_MS = 5000
const STEPS = 10

/** @typedef {{ running: boolean, told: string, done: number, total: number, bad: number }} Progress */

const $run = /** @type {HTMLElement} */ (document.querySelector('[data-run]'))
const $told = /** @type {HTMLElement} */ ($run.querySelector('[data-run-told]'))
const $status = /** @type {HTMLElement} */ ($run.querySelector('[data-run-status]'))
const $bar = /** @type {HTMLProgressElement} */ ($run.querySelector('progress'))
let heard = -1

/** @param {Progress} progress */
function show(progress) {
  $told.textContent = progress.told
  if (progress.total > 0) {
    $bar.max = progress.total
    $bar.value = progress.done
  }
  const step = progress.total > 0 ? Math.floor((STEPS * progress.done) / progress.total) : 0
  if (step !== heard) $status.textContent = progress.told
  heard = step
}

async function follow() {
  let wait = EVERY_MS
  try {
    const response = await fetch(`/api/v1/staff/runs/${$run.dataset.run}`)
    if (response.status === 401 || response.status === 403) return location.reload()
    if (!response.ok) throw new Error(String(response.status))
    const progress = /** @type {Progress} */ (await response.json())
    if (!progress.running) return location.reload()
    show(progress)
  } catch {
    // The server may be starting anew; the run goes on without it.
    wait = AGAIN_MS
  }
  setTimeout(follow, wait)
}

follow()
