/**
 * The test console: sends the form without loading the page anew, and plays what can be heard.
 *
 * The server writes the page, with scripts and without. Here its new conversation only takes the
 * old one's place, so that what was folded out stays so and a screen reader hears the answer.
 */

import { play } from './sound.js'

const BUSY = 'Spelar samtalet …'
const LOST = 'Det gick inte att nå servern. Det du skrev finns kvar. Försök igen.'

/** What is heard only: the answer stands there to be read. */
const heard = document.querySelector('[data-test-heard]')

/** What is seen and heard. */
const told = document.querySelector('[data-test-told]')

/** @param {string} text */
function tell(text) {
  if (told) told.textContent = text
}

/** @returns {HTMLFormElement | null} */
const form = () => document.querySelector('form[data-test]')

/** What is folded out, by key. @param {ParentNode} root */
const open = (root) =>
  [.../** @type {NodeListOf<HTMLDetailsElement>} */ (root.querySelectorAll('details[open]'))].map(
    (details) => details.dataset['key'] ?? '',
  )

/**
 * @param {HTMLFormElement} now
 * @param {HTMLFormElement} next
 */
function replace(now, next) {
  const kept = new Set(open(now))
  for (const details of next.querySelectorAll('details')) {
    // What was changed is folded in: its new answer is what matters now.
    const key = details.dataset['key'] ?? ''
    details.open = kept.has(key) && !key.endsWith('-andra')
  }
  next.toggleAttribute('data-scripts', true)
  now.replaceWith(next)
}

/** The answer, or what is wrong, is heard; who types goes on typing. @param {HTMLFormElement} next */
function show(next) {
  const problem = /** @type {HTMLElement | null} */ (next.querySelector('[data-test-problem]'))
  if (problem) {
    problem.focus()
    return
  }
  const last = next.querySelector('#senast')
  const said = [...(last?.querySelectorAll('[data-test-reply]') ?? [])]
  const words = said.map((reply) => reply.textContent?.replace(/\s+/g, ' ').trim()).join(' ')
  if (heard) heard.textContent = words
  const field = /** @type {HTMLElement | null} */ (next.querySelector('[data-test-new]'))
  field?.focus({ preventScroll: true })
  last?.scrollIntoView({ block: 'start' })
}

/**
 * @param {HTMLFormElement} now
 * @param {HTMLElement | null} submitter
 */
async function send(now, submitter) {
  const data = new FormData(now, submitter)
  now.setAttribute('aria-busy', 'true')
  tell(BUSY)
  try {
    const response = await fetch(now.action, { method: 'POST', body: data })
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    const next = /** @type {HTMLFormElement | null} */ (page.querySelector('form[data-test]'))
    if (!next) {
      // Signed out meanwhile, or refused: the server's own page tells which.
      location.reload()
      return
    }
    tell('')
    document.title = page.title
    replace(now, document.adoptNode(next))
    show(next)
  } catch {
    tell(LOST)
  } finally {
    now.removeAttribute('aria-busy')
  }
}

document.addEventListener('submit', (event) => {
  const now = form()
  const submitter = /** @type {SubmitEvent} */ (event).submitter
  if (event.target !== now || !now || submitter?.hasAttribute('formaction')) return
  event.preventDefault()
  if (now.getAttribute('aria-busy') !== 'true') void send(now, submitter)
})

document.addEventListener('keydown', (event) => {
  const field = /** @type {HTMLElement} */ (event.target)
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  if (!field.matches('[data-test-new]')) return
  event.preventDefault()
  form()?.requestSubmit(form()?.querySelector('button[value="say"]'))
})

document.addEventListener('click', (event) => {
  const pressed = /** @type {HTMLElement} */ (event.target).closest(
    '[data-sound], [data-sound-all]',
  )
  if (!(pressed instanceof HTMLElement)) return
  event.preventDefault()
  const links = pressed.matches('[data-sound]')
    ? [pressed]
    : (pressed.parentElement?.nextElementSibling?.querySelectorAll('[data-sound]') ?? [])
  void play(pressed, [.../** @type {Iterable<HTMLAnchorElement>} */ (links)], tell)
})

form()?.toggleAttribute('data-scripts', true)
