/**
 * What was said, in order, and beside each message what the assistant made of it. A plain list:
 * news are told in the live region, once.
 */

import { button, el } from '../core/dom.js'
import { paragraphs } from '../core/text.js'
import { KeyedList, setText } from './lists.js'
import { clock, dayAndClock } from './times.js'
import { KINDS, say } from './words.js'

/** So near to the end, in pixels, somebody who reads wants to go on reading there. */
const NEAR = 80
const HUNDRED = 100

export class Transcript {
  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.id = ''
    this.last = ''
    const list = el('ol', { class: 'lotsen-lines', role: 'list' })
    const unsent = el('ul', { class: 'lotsen-lines', role: 'list' })
    this.list = new KeyedList(
      list,
      (/** @type {DeskMessage} */ message) => `${this.id} ${message.number}`,
      (message) => linePart(message, app.store.now),
    )
    this.unsent = new KeyedList(
      unsent,
      (/** @type {Pending} */ pending) => pending.key,
      (pending) => pendingPart(app, this.id, pending),
    )
    // What scrolls must be reachable by keyboard.
    this.root = el(
      'div',
      {
        class: 'lotsen-talk__scroll',
        tabindex: 0,
        role: 'region',
        'aria-label': say('conversation'),
      },
      ...[list, unsent],
    )
  }

  /** @param {DeskTalk} talk */
  update({ id, detail }) {
    const place = this.#scroller
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR
    const anew = this.id !== id
    this.id = id
    const messages = detail?.messages ?? []
    const pending = this.app.replies.of(id)
    this.list.update(messages)
    this.unsent.update(pending)
    const unsent = pending.at(-1)
    const last = `${messages.at(-1)?.number} ${unsent?.key} ${unsent?.state}`
    const follow = anew || atEnd || pending.length > 0
    if (last !== this.last && follow) this.#scroller.scrollTop = this.#scroller.scrollHeight
    this.last = last
  }

  /** In a small window the page scrolls, and not the chat in it. */
  get #scroller() {
    const own = getComputedStyle(this.root).overflowY !== 'visible'
    return own ? this.root : document.documentElement
  }
}

/**
 * @param {DeskMessage} message
 * @param {string} now
 */
function linePart(message, now) {
  const root = el(
    'li',
    { class: `lotsen-line lotsen-line--${message.sender}`, 'data-number': message.number },
    el(
      'div',
      { class: 'lotsen-line__said' },
      el(
        'p',
        { class: 'lotsen-line__who' },
        el('strong', {}, senderOf(message)),
        ' ',
        el('time', { datetime: message.created_at }, timeOf(message.created_at, now)),
      ),
      el('div', { class: 'lotsen-line__text', dir: 'auto' }, ...textOf(message.text)),
    ),
    message.understood && understood(message.understood),
  )
  return { root, update() {} }
}

/** @param {DeskUnderstood} understood */
function understood({ kind, answer, topic, confidence, masked }) {
  const sure = confidence == null ? '' : say('sure', { n: Math.round(confidence * HUNDRED) })
  const done = kind ? (KINDS[kind] ?? kind) : ''
  // A name without a point is the assistant's own word for what was done, which stands above.
  const matter = topic?.includes('.') ? topic : answer
  const about = matter ? [matter, sure].filter(Boolean).join(', ') : ''
  const hidden = masked.length ? say('masked', { kinds: masked.join(', ') }) : ''
  const lines = [done, about, hidden].filter(Boolean)
  if (!lines.length) return null
  return el(
    'div',
    { class: 'lotsen-line__understood' },
    el('p', { class: 'lotsen-visually-hidden' }, say('understood')),
    ...lines.map((line) => el('p', {}, line)),
  )
}

/**
 * @param {DeskApp} app
 * @param {string} id
 * @param {Pending} pending
 */
function pendingPart(app, id, { key, text }) {
  const { replies } = app
  const status = el('p', { class: 'lotsen-line__status' })
  const why = el('p')
  const ways = el(
    'div',
    { class: 'lotsen-line__ways' },
    button(say('sendAgain'), { click: () => replies.again(id, key) }),
    button(say('takeBack'), { click: () => app.takeBack(id, key, text) }),
    button(say('drop'), { click: () => app.dropReply(id, key) }),
  )
  const root = el(
    'li',
    { class: 'lotsen-line lotsen-line--agent lotsen-line--unsent', 'data-key': key },
    el(
      'div',
      { class: 'lotsen-line__said' },
      el('div', { class: 'lotsen-line__text', dir: 'auto' }, ...textOf(text)),
      ...[status, why, ways],
    ),
  )
  return {
    root,
    /** @param {Pending} pending */
    update({ state, reason }) {
      const failed = state === 'failed'
      setText(status, say(failed ? 'notSent' : state === 'retrying' ? 'retrying' : 'sending'))
      setText(why, failed ? reason || say('notSentWhy') : '')
      why.hidden = ways.hidden = !failed
      root.classList.toggle('lotsen-line--failed', failed)
    },
  }
}

/** @param {DeskMessage} message */
function senderOf({ sender, agent }) {
  if (sender === 'agent') return agent ?? say('agentWrote')
  if (sender === 'citizen') return say('citizenWrote')
  return say(sender === 'assistant' ? 'assistantWrote' : 'noticeWrote')
}

/** @param {string} text */
function textOf(text) {
  return paragraphs(text).map((line) => el('p', {}, line))
}

/**
 * @param {string} moment
 * @param {string} now
 */
function timeOf(moment, now) {
  const [day] = dayAndClock(moment).split(' ')
  return dayAndClock(now).startsWith(`${day} `) ? clock(moment) : dayAndClock(moment)
}
