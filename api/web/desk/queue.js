/**
 * The list beside the chat: who waits, whom one talks with, and the chats of colleagues.
 */

import { button, el, icon } from '../core/dom.js'
import { KeyedList, setText, tell } from './lists.js'
import { addressOf } from './place.js'
import { inWords, languageName, ticking } from './times.js'
import { say } from './words.js'

const SECOND_MS = 1000

export class Queue {
  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.hint = el('p', { class: 'lotsen-side__hint' })
    this.waiting = section(app, 'waiting', true)
    this.mine = section(app, 'mine', true)
    this.others = section(app, 'others', false)
    this.root = el(
      'div',
      { class: 'lotsen-side__lists' },
      this.hint,
      ...[this.mine.root, this.waiting.root, this.others.root],
    )
    setInterval(() => this.update(), SECOND_MS)
  }

  update() {
    const { me, queue } = this.app.store
    if (!queue) return
    const shouldCome = me.presence !== 'here' && this.app.store.can('agent')
    tell(this.hint, shouldCome ? say('notHere') : '')
    this.waiting.update(queue.waiting)
    this.mine.update(queue.mine)
    this.others.update(queue.others)
  }

  /**
   * To the chat that one comes from, else to whoever has waited longest.
   *
   * @param {string | null} [id]
   */
  focus(id) {
    const links = [...this.root.querySelectorAll('a')]
    const before = id && links.find(({ hash }) => hash === addressOf(id))
    const first = this.waiting.root.querySelector('a')
    ;(before || first || this.waiting.heading).focus()
  }
}

/**
 * @param {DeskApp} app
 * @param {'waiting' | 'mine' | 'others'} name
 * @param {boolean} always - shown also when there is nothing in it
 */
function section(app, name, always) {
  const count = el('span', { class: 'lotsen-badge' })
  const heading = el('h2', { id: `lotsen-${name}`, tabindex: -1 }, say(name), ' ', count)
  const empty = el('p')
  const list = el('ul', { class: 'lotsen-rows', role: 'list', 'aria-labelledby': heading.id })
  const rows = new KeyedList(
    list,
    (/** @type {DeskRow} */ row) => row.id,
    () => rowPart(app, name),
    () => heading.focus(),
  )
  const root = el('section', { class: `lotsen-side__${name}` }, heading, list, empty)
  return {
    root,
    heading,
    /** @param {DeskRow[]} items */
    update(items) {
      root.hidden = !always && !items.length
      tell(count, items.length ? String(items.length) : '')
      tell(empty, items.length ? '' : say(name === 'mine' ? 'noneOfMine' : 'nobodyWaits'))
      rows.update(items)
    },
  }
}

/**
 * @param {DeskApp} app
 * @param {'waiting' | 'mine' | 'others'} list
 */
function rowPart(app, list) {
  const { store } = app
  const subject = el('a', { class: 'lotsen-row__subject' })
  const [where, time, heard] = [
    el('p', { class: 'lotsen-row__where' }),
    el('span', { class: 'lotsen-row__time', 'aria-hidden': 'true' }),
    el('span', { class: 'lotsen-visually-hidden' }),
  ]
  const danger = el(
    'p',
    { class: 'lotsen-row__danger', hidden: true },
    icon('alert'),
    say('danger'),
  )
  const marks = ['news', 'language', 'person', 'gone', 'unsent'].map((mark) =>
    el('span', { class: `lotsen-mark lotsen-mark--${mark}`, hidden: true }),
  )
  let id = ''
  const take = button(say('take'), {
    class: 'lotsen-button lotsen-button--primary',
    click: () => void app.work.claim(id),
  })
  const head = el('div', { class: 'lotsen-row__head' }, subject, time, heard)
  const below = el('div', { class: 'lotsen-row__marks' }, ...marks)
  const root = el('li', { class: 'lotsen-row' }, ...[head, danger, where, below, take])
  return {
    root,
    /** @param {DeskRow} row */
    update(row) {
      id = row.id
      const words = row.subject ?? say('noSubject')
      setText(subject, words)
      subject.href = addressOf(row.id)
      if (store.place.id === row.id) subject.setAttribute('aria-current', 'true')
      else subject.removeAttribute('aria-current')
      root.classList.toggle('lotsen-row--open', store.place.id === row.id)
      root.classList.toggle('lotsen-row--danger', row.danger)
      danger.hidden = !row.danger
      // Whoever has one municipality knows which.
      const place = store.me.memberships.length > 1 && row.municipality_name
      setText(where, [place, row.unit_name].filter(Boolean).join(' · '))
      showTime(row)
      const told = marksOf(app, row, list)
      marks.forEach((mark, place) => tell(mark, told[place] ?? ''))
      take.hidden = list !== 'waiting' || !store.can('agent', row.municipality)
      take.setAttribute('aria-label', say('takeNamed', { subject: words }))
    },
  }

  /** @param {DeskRow} row */
  function showTime(row) {
    const seconds = row.waited_seconds + (list === 'waiting' ? store.age : 0)
    setText(time, list === 'waiting' ? ticking(seconds) : '')
    setText(heard, list === 'waiting' ? say('waited', { time: inWords(seconds) }) : '')
  }
}

/** @param {DeskRow} row */
export function whereabouts(row) {
  const parts = [row.municipality_name, row.unit_name, languageName(row.language ?? 'sv')]
  return parts.filter(Boolean).join(' · ')
}

/**
 * @param {DeskApp} app
 * @param {DeskRow} row
 * @param {'waiting' | 'mine' | 'others'} list
 */
function marksOf({ store, replies }, row, list) {
  const unread = list === 'mine' ? store.unread(row.id) : 0
  return [
    unread ? say(unread === 1 ? 'unreadOne' : 'unread', { n: unread }) : '',
    foreign(row.language),
    list === 'mine' ? '' : personOf(row, store.me.id),
    row.citizen_here ? '' : say('gone'),
    replies.of(row.id).some(({ state }) => state === 'failed') ? say('notSent') : '',
  ]
}

/**
 * Swedish goes without saying.
 *
 * @param {string | null} language
 */
function foreign(language) {
  if (!language || language === 'sv') return ''
  return say('inLanguage', { language: languageName(language).toLocaleLowerCase('sv') })
}

/**
 * @param {DeskRow} row
 * @param {string | undefined} me
 */
function personOf(row, me) {
  if (row.claimed_by) return say('takenBy', { name: row.claimed_by.name })
  if (!row.wanted_by) return ''
  return row.wanted_by === me ? say('forYou') : say('forNamed', { name: row.wanted_by_name ?? '' })
}
