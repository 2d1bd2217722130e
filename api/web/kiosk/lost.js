/**
 * Goes back to the kiosk by itself when the server answers again. Not by `/ready`: proxies hide it.
 */

/** Between two questions to the server, in milliseconds. */
const PAUSE = 5000
/** How long it may take to answer one. */
const PATIENCE = 4000

const main = document.querySelector('[data-module="lotsen-lost"]')
if (main instanceof HTMLElement) watch(main)

document.addEventListener('contextmenu', (event) => event.preventDefault())
document.addEventListener('dragstart', (event) => event.preventDefault())

/** @param {HTMLElement} main */
function watch(main) {
  let asking = false
  const look = async () => {
    if (asking) return
    asking = true
    const back = await answers()
    asking = false
    if (back) leave(main)
  }
  const button = main.querySelector('button')
  if (button) {
    button.hidden = false
    button.addEventListener('click', look)
  }
  tick(main)
  setInterval(look, PAUSE)
  setInterval(() => tick(main), PAUSE)
  addEventListener('online', look)
}

/** @returns {Promise<boolean>} */
async function answers() {
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    return (await fetch('/health', { cache: 'no-store', signal })).ok
  } catch {
    return false
  }
}

/**
 * A clock that goes on shows that the browser lives, also to the watchdog of the machine.
 *
 * @param {HTMLElement} main
 */
function tick(main) {
  const clock = main.querySelector('.clock')
  const now = new Date().toLocaleTimeString('sv-SE', { hour: '2-digit', minute: '2-digit' })
  if (clock) clock.textContent = (main.dataset['clock'] ?? '').replace('{number}', now)
}

/** @param {HTMLElement} main */
function leave(main) {
  const status = main.querySelector('[role="status"]')
  if (status) status.textContent = main.dataset['back'] ?? ''
  location.replace(main.dataset['kiosk'] ?? '/')
}

export {}
