/**
 * One chat: where it stands, what was said, and what can be done. It shows the same to whoever
 * waits to take it, has it, reads along, or comes when it is over.
 */

import { button, el } from '../core/dom.js'
import { notice } from '../components/notice/notice.js'
import { setText, tell } from './lists.js'
import { whereabouts } from './queue.js'
import { Reply } from './reply.js'
import { inWords } from './times.js'
import { Transcript } from './transcript.js'
import { say } from './words.js'

/** @type {Record<string, 'endedReturned' | 'endedClosed' | 'endedLeft' | 'endedExpired'>} */
const ENDS = {
  returned: 'endedReturned',
  closed: 'endedClosed',
  left: 'endedLeft',
  expired: 'endedExpired',
}

export class Talk {
  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.back = el('a', { href: '#samtal', class: 'lotsen-talk__back' })
    this.heading = el('h2', { class: 'lotsen-talk__title', tabindex: -1 })
    this.where = el('p', { class: 'lotsen-talk__where' })
    this.gone = el('p', { class: 'lotsen-talk__gone' })
    this.danger = notice('alert', el('p', {}, say('dangerLong')))
    this.danger.classList.add('lotsen-talk__danger')
    this.over = button(say('handOver'), { click: () => app.work.handOver() })
    this.close = button(say('close'), { click: () => app.work.closeTalk() })
    this.take = button(say('take'), {
      class: 'lotsen-button lotsen-button--primary',
      'aria-keyshortcuts': 'Alt+T',
      click: () => void app.work.claim(app.store.place.id ?? ''),
    })
    this.transcript = new Transcript(app)
    this.reply = new Reply(app)
    this.standing = el('p')
    this.kept = el('div', { class: 'lotsen-talk__kept' })
    this.below = el('div', { class: 'lotsen-talk__below' }, this.standing, this.take, this.kept)
    this.chat = el(
      'div',
      { class: 'lotsen-talk__chat' },
      this.#head(),
      this.danger,
      ...[this.transcript.root, this.below, this.reply.root],
    )
    this.empty = el('div', { class: 'lotsen-talk__empty' })
    this.root = el('section', { class: 'lotsen-talk' }, this.chat, this.empty)
  }

  #head() {
    return el(
      'div',
      { class: 'lotsen-talk__head' },
      this.back,
      el('div', { class: 'lotsen-talk__words' }, this.heading, this.where, this.gone),
      el('div', { class: 'lotsen-talk__ways' }, this.over, this.close),
    )
  }

  update() {
    const { open, place } = this.app.store
    const row = open && this.app.store.rowOf(open)
    this.chat.hidden = !row || !open?.detail
    this.empty.hidden = !this.chat.hidden
    this.#showEmpty(place.id ? open?.problem || say('reading') : '')
    if (!open?.detail || !row) return
    this.#showHead(row)
    this.transcript.update(open)
    this.reply.update(open)
    this.#showBelow(row, this.#isMine(row))
  }

  focus() {
    if (this.reply.root.hidden || this.chat.hidden) this.heading.focus()
    else this.reply.focus()
  }

  /** @param {DeskRow} row */
  #isMine(row) {
    return row.state === 'talking' && row.claimed_by?.id === this.app.store.me.id
  }

  /** @param {string} words - none: nothing has been chosen */
  #showEmpty(words) {
    const lines = words ? [words] : [say('pick'), say('pickHint')]
    if (this.empty.childElementCount === lines.length && this.empty.textContent === lines.join(''))
      return
    this.empty.replaceChildren(...lines.map((line) => el('p', {}, line)))
  }

  /** @param {DeskRow} row */
  #showHead(row) {
    const mine = this.#isMine(row)
    const n = this.app.store.queue?.waiting.length ?? 0
    setText(this.back, n ? say('toListWaiting', { n }) : say('toList'))
    setText(this.heading, row.subject ?? say('noSubject'))
    const waited = say('hasWaited', { time: inWords(row.waited_seconds) })
    setText(this.where, [whereabouts(row), row.claimed_by && waited].filter(Boolean).join(' · '))
    tell(this.gone, mine && !row.citizen_here ? say('goneLong') : '')
    this.danger.hidden = !row.danger
    this.over.hidden = this.close.hidden = !mine
  }

  /**
   * @param {DeskRow} row
   * @param {boolean} mine
   */
  #showBelow(row, mine) {
    const writing = this.reply.root.contains(document.activeElement)
    this.reply.root.hidden = !mine
    this.below.hidden = mine
    if (writing && !mine) this.heading.focus()
    const may = row.state === 'waiting' && this.app.store.can('agent', row.municipality)
    this.take.hidden = !may
    if (mine) return
    setText(this.standing, this.#standing(row, may))
    this.#showKept(row)
  }

  /**
   * @param {DeskRow} row
   * @param {boolean} may
   */
  #standing(row, may) {
    if (row.state === 'waiting') return say(may ? 'canTake' : 'canNotTake')
    if (row.state === 'talking') return say('watching', { name: row.claimed_by?.name ?? '' })
    const end = ENDS[row.state]
    return end ? say(end) : say('ended')
  }

  /** @param {string} text */
  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text)
      this.app.announce(say('copied'))
    } catch {
      this.app.complain(say('failed'))
    }
  }

  /**
   * What was being written when it ended is shown, to be copied.
   *
   * @param {DeskRow} row
   */
  #showKept(row) {
    const text = this.app.memory.draft(row.id)
    this.kept.hidden = !text
    if (this.kept.dataset['text'] === text) return
    this.kept.dataset['text'] = text
    this.kept.replaceChildren(
      el('p', {}, say('keptDraft')),
      el('p', { class: 'lotsen-talk__draft', dir: 'auto' }, text),
      button(say('copy'), { click: () => void this.#copy(text) }),
      button(say('drop'), { click: () => this.app.dropDraft(row.id) }),
    )
  }
}
