/**
 * Where the agent writes. What is being written belongs to its chat: going to another one and
 * back, or a reload, loses nothing.
 */

import { showLeft, writingRow } from '../components/composer/composer.js'
import { el } from '../core/dom.js'
import { Canned } from './canned.js'
import { say } from './words.js'

/** The same as LONGEST_REPLY in api/schemas_desk.py. */
const LIMIT = 4000

export class Reply {
  #id = ''

  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.count = el('p', { class: 'lotsen-composer__count', id: 'lotsen-reply-count' })
    this.input = el('textarea', {
      class: 'lotsen-composer__input',
      id: 'lotsen-reply',
      name: 'text',
      rows: 2,
      'aria-describedby': 'lotsen-reply-hint lotsen-reply-keys lotsen-reply-count',
      'aria-keyshortcuts': 'Alt+S',
      enterkeyhint: 'send',
      autocomplete: 'off',
      input: () => this.#written(),
      keydown: (event) => this.#key(/** @type {KeyboardEvent} */ (event)),
    })
    this.canned = new Canned({ put: (text) => this.put(text), closed: () => this.input.focus() })
    this.root = el(
      'form',
      { class: 'lotsen-reply', submit: (event) => this.#submit(event) },
      this.canned.root,
      el(
        'div',
        { class: 'lotsen-reply__above' },
        el('label', { class: 'lotsen-composer__label', for: 'lotsen-reply' }, say('reply')),
        this.canned.opener,
      ),
      writingRow(this.input, say('send')),
      el(
        'div',
        { class: 'lotsen-composer__below' },
        el('p', { id: 'lotsen-reply-hint' }, say('replyHint')),
        el('p', { class: 'lotsen-reply__keys', id: 'lotsen-reply-keys' }, say('replyKeys')),
        this.count,
      ),
    )
  }

  /** @param {DeskTalk} talk */
  update({ id, detail }) {
    this.canned.update(detail?.canned ?? [])
    if (this.#id === id) return
    this.#id = id
    this.canned.close()
    this.#show(this.app.memory.draft(id))
  }

  focus() {
    this.input.focus()
  }

  /**
   * Put a text where the writer is, beside what is written already.
   *
   * @param {string} text
   */
  put(text) {
    const { input } = this
    const [from, to] = [input.selectionStart, input.selectionEnd]
    const [before, after] = [input.value.slice(0, from), input.value.slice(to)]
    const start = before && !/\s$/.test(before) ? `${before} ` : before
    this.#show(start + text + after)
    this.#written()
    const end = start.length + text.length
    input.focus()
    input.setSelectionRange(end, end)
    this.app.announce(say('cannedPut'))
  }

  /** @param {string} text */
  #show(text) {
    this.input.value = text
    this.#count()
  }

  #written() {
    this.app.memory.keepDraft(this.#id, this.input.value)
    this.#count()
  }

  #count() {
    const left = showLeft(this.input, this.count, LIMIT, say)
    this.app.announceAtRest(this.count.textContent ?? '')
    return left
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // Enter also ends the choosing of a character while composing it.
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.isComposing) return
    this.#submit(event)
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault()
    const text = this.input.value.trim()
    this.input.focus()
    const left = this.#count()
    if (left < 0) this.app.announce(say('shorten', { n: -left }))
    if (!text || left < 0) return
    this.#show('')
    this.#written()
    this.app.replies.send(this.#id, text)
  }
}
