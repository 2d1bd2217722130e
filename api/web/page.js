/**
 * Puts the chat in place of the one that the server has written, which works without scripts.
 *
 * The conversation goes on: its hidden fields are handed over. Until the chat is ready, or if it
 * never is, the page stays as it was and its forms are posted.
 */

import { NAME } from './components/chat/element.js'
import { readSettings } from './components/chat/settings.js'
import { Memory, nameOf } from './core/session.js'

for (const main of document.querySelectorAll('[data-module="lotsen-page"]')) {
  if (main instanceof HTMLElement) takeOver(main)
}

/** @param {HTMLElement} main */
function takeOver(main) {
  const written = main.querySelector('.lotsen-chat')
  if (!written) return
  const chat = document.createElement(NAME)
  Object.assign(chat.dataset, { ...main.dataset, module: 'lotsen-page-chat' })
  chat.setAttribute('mode', 'page')
  chat.hidden = true
  hand(chat, session(main))
  chat.addEventListener('lotsen-ready', () => {
    const draft = main.querySelector('textarea')?.value ?? ''
    const writing = written.contains(document.activeElement)
    chat.hidden = false
    written.remove()
    carry(chat, draft, writing)
    lead(chat)
  })
  chat.addEventListener('lotsen-handoff', (event) => tellWho(event))
  chat.addEventListener('lotsen-lost', () => chat.remove())
  written.before(chat)
}

/**
 * @param {HTMLElement} main
 * @returns {Session | null}
 */
function session(main) {
  const [id, secret] = ['conversation', 'secret'].map((name) => {
    const field = main.querySelector(`input[name="${name}"]`)
    return field instanceof HTMLInputElement ? field.value : ''
  })
  return id && secret ? { id, secret } : null
}

/**
 * @param {HTMLElement} chat
 * @param {Session | null} session
 */
function hand(chat, session) {
  if (!session) return
  const { server, municipality } = readSettings(chat)
  new Memory(nameOf(server, municipality), () => {}).keep({ session })
}

/**
 * The ways to a person that stand beside the chat lead into it: their own forms would begin
 * another conversation.
 *
 * @param {HTMLElement} chat
 */
function lead(chat) {
  document.querySelector('.lotsen-contacts .lotsen-ways')?.addEventListener('click', (event) => {
    const { target } = event
    const pressed = target instanceof Element && target.closest('a, button')
    const help = chat.shadowRoot?.querySelector('details')
    if (!pressed || !help) return
    event.preventDefault()
    help.dataset['wanted'] = pressed.closest('li')?.dataset['way'] ?? ''
    help.open = false
    help.open = true
    help.scrollIntoView({ block: 'nearest' })
    help.querySelector('summary')?.focus()
  })
}

/**
 * The page must not go on saying that a computer answers.
 *
 * @param {Event} event
 */
function tellWho(event) {
  const machine = document.querySelector('.lotsen-header__machine')
  if (!(machine instanceof HTMLElement) || !(event instanceof CustomEvent)) return
  machine.dataset['own'] ??= machine.textContent
  machine.textContent = event.detail || machine.dataset['own']
}

/**
 * What was being written is not lost.
 *
 * @param {HTMLElement} chat
 * @param {string} draft
 * @param {boolean} writing
 */
function carry(chat, draft, writing) {
  const input = chat.shadowRoot?.querySelector('textarea')
  if (!input) return
  input.value = draft
  input.dispatchEvent(new Event('input'))
  if (writing) input.focus()
}
