/**
 * Puts the desk into the page that the server has written for it.
 */

import { Fault } from '../core/api.js'
import { button, el } from '../core/dom.js'
import { notice } from '../components/notice/notice.js'
import { DeskApi } from './api.js'
import { App } from './app.js'
import { signOut } from './bar.js'
import { reason, say } from './words.js'

for (const root of document.querySelectorAll('[data-module="lotsen-desk"]')) {
  if (root instanceof HTMLElement) void start(root)
}

/** @param {HTMLElement} root */
async function start(root) {
  const api = new DeskApi()
  try {
    const me = await api.me()
    const app = new App(root, api, me)
    if (app.store.can('agent') || app.store.can('admin')) app.start()
    else showProblem(root, say('noRole'))
  } catch (error) {
    if (error instanceof Fault && error.status === 401) location.assign('/desk/sign-in')
    else showProblem(root, reason(error), () => void start(root))
  }
}

/**
 * What is shown when there is no desk to show; the way out is there all the same.
 *
 * @param {HTMLElement} root
 * @param {string} words
 * @param {() => void} [again]
 */
function showProblem(root, words, again) {
  const main = el(
    'main',
    { id: 'main', class: 'lotsen-desk__alone' },
    el('h1', { tabindex: -1 }, say('title')),
    notice('alert', el('p', {}, words), again && button(say('tryAgain'), { click: again })),
    signOut(root.dataset['csrf'] ?? '', ''),
  )
  root.replaceChildren(main)
  main.querySelector('h1')?.focus()
}
