/**
 * Those who want to be called: what is late first, then in the order of their times.
 */

import { button, el, icon } from '../core/dom.js'
import { KeyedList, setText, tell } from './lists.js'
import { languageName } from './times.js'
import { say } from './words.js'

/** @type {Record<string, 'stateDone' | 'stateUnreachable' | 'stateCancelled'>} */
const ENDS = { done: 'stateDone', unreachable: 'stateUnreachable', cancelled: 'stateCancelled' }
/** @type {{ step: DeskCallbackStep, words: 'callTake' | 'callDone' | 'callUnreachable' | 'callRelease' }[]} */
const STEPS = [
  { step: 'take', words: 'callTake' },
  { step: 'done', words: 'callDone' },
  { step: 'unreachable', words: 'callUnreachable' },
  { step: 'release', words: 'callRelease' },
]
/** What is most often done next. */
const FIRST = new Set(['take', 'done'])

export class Callbacks {
  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.heading = el('h2', { id: 'lotsen-callbacks', tabindex: -1 }, say('callbacksTitle'))
    this.where = el('select', { id: 'lotsen-callbacks-where', change: () => this.update() })
    this.which = el(
      'select',
      { id: 'lotsen-callbacks-which', change: () => this.update() },
      el('option', { value: 'todo' }, say('callbacksTodo')),
      el('option', { value: 'done' }, say('callbacksDone')),
    )
    this.empty = el('p', { hidden: true })
    const list = el('ul', { class: 'lotsen-calls', role: 'list' })
    this.list = new KeyedList(
      list,
      (/** @type {DeskCallback} */ one) => one.receipt,
      (one) => callPart(app, one),
      () => this.heading.focus(),
    )
    const places = this.#places()
    this.root = el(
      'section',
      { class: 'lotsen-list', 'aria-labelledby': 'lotsen-callbacks' },
      this.heading,
      el(
        'div',
        { class: 'lotsen-list__filters' },
        el('label', { for: this.which.id }, say('callbacksShow')),
        this.which,
        places > 1 && el('label', { for: this.where.id }, say('municipality')),
        places > 1 && this.where,
      ),
      ...[this.empty, list],
    )
  }

  update() {
    const { callbacks, link, place } = this.app.store
    this.root.hidden = place.page !== 'callbacks' || link === 'signedOut'
    if (!callbacks || this.root.hidden) return
    const done = this.which.value === 'done'
    const shown = callbacks.filter(
      ({ state, municipality }) =>
        state in ENDS === done && (!this.where.value || municipality === this.where.value),
    )
    this.list.update(shown.sort(byUrgency))
    const none = say(done ? 'callbacksNoneDone' : 'callbacksNone')
    tell(this.empty, shown.length ? '' : none)
  }

  focus() {
    this.heading.focus()
  }

  /** Fill in the municipalities; tell how many there are. */
  #places() {
    const own = this.app.store.me.memberships.filter(({ roles }) => roles.includes('agent'))
    this.where.append(el('option', { value: '' }, say('callbacksAll')))
    this.where.append(...own.map((one) => el('option', { value: one.municipality }, one.name)))
    return own.length
  }
}

/**
 * @param {DeskCallback} one
 * @param {DeskCallback} other
 */
function byUrgency(one, other) {
  return (
    Number(other.overdue) - Number(one.overdue) ||
    Date.parse(one.due_from) - Date.parse(other.due_from)
  )
}

/**
 * @param {DeskApp} app
 * @param {DeskCallback} callback
 */
function callPart(app, { receipt }) {
  const [due, who, about, where, state] = [
    el('h3'),
    el('p', { class: 'lotsen-call-item__who' }),
    el('p', { class: 'lotsen-call-item__about', dir: 'auto' }),
    el('p', { class: 'lotsen-call-item__where' }),
    el('p', { class: 'lotsen-call-item__state' }),
  ]
  const late = el('span', { class: 'lotsen-mark', hidden: true })
  const [name, phone] = [
    el('strong', { dir: 'auto' }),
    el('a', { class: 'lotsen-call-item__phone' }),
  ]
  who.append(name, ' ', phone)
  phone.append(icon('phone'), el('span'))
  const ways = STEPS.map(({ step, words }) => ({
    step,
    root: button(say(words), {
      class: `lotsen-button ${FIRST.has(step) ? 'lotsen-button--primary' : ''}`,
      'aria-label': say('callNamed', { step: say(words), receipt }),
      click: () => void app.work.stepCallback(receipt, step),
    }),
  }))
  const root = el(
    'li',
    { class: 'lotsen-call-item' },
    el('div', { class: 'lotsen-call-item__when' }, due, late),
    ...[who, about, where, state],
    el('div', { class: 'lotsen-call-item__ways' }, ...ways.map((way) => way.root)),
  )
  return {
    root,
    /** @param {DeskCallback} callback */
    update(callback) {
      const mine = callback.taken_by?.id === app.store.me.id
      setText(due, callback.due)
      const now = Date.parse(callback.due_from) <= Date.parse(app.store.now)
      const todo = !(callback.state in ENDS)
      tell(late, !todo ? '' : callback.overdue ? say('overdue') : now ? say('due') : '')
      late.classList.toggle('lotsen-mark--late', callback.overdue)
      setText(name, callback.name ?? say('deleted'))
      setText(/** @type {Element} */ (phone.lastElementChild), callback.phone ?? '')
      phone.hidden = !callback.phone
      phone.href = callback.phone_href ?? ''
      tell(about, callback.about ? say('about', { about: callback.about }) : '')
      setText(where, whereOf(callback))
      tell(state, stateOf(callback, mine))
      for (const way of ways) way.root.hidden = !may(way.step, callback, mine)
    },
  }
}

/**
 * @param {DeskCallbackStep} step
 * @param {DeskCallback} callback
 * @param {boolean} mine
 */
function may(step, { state }, mine) {
  return step === 'take' ? state === 'waiting' : state === 'taken' && mine
}

/** @param {DeskCallback} callback */
function whereOf({ municipality_name, unit_name, language, receipt }) {
  const parts = [municipality_name, unit_name, languageName(language), say('receipt', { receipt })]
  return parts.filter(Boolean).join(' · ')
}

/**
 * @param {DeskCallback} callback
 * @param {boolean} mine
 */
function stateOf({ state, taken_by, attempts }, mine) {
  const end = ENDS[state]
  const taken = mine ? say('callMine') : say('callTaken', { name: taken_by?.name ?? '' })
  const tries = attempts === 1 ? say('attemptsOne') : say('attempts', { n: attempts })
  return [end ? say(end) : taken_by && taken, attempts > 0 && tries].filter(Boolean).join('. ')
}
