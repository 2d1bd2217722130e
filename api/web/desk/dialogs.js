/**
 * Questions before something that can't be taken back: to whom, and how it ended. A dialog of the
 * browser's own, which keeps focus inside and gives it back.
 */

import { button, el } from '../core/dom.js'
import { tell } from './lists.js'
import { SHORTCUTS } from './keys.js'
import { say } from './words.js'

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} yes
 * @property {Child[]} fields
 * @property {(form: FormData) => Promise<string | null>} answer - what is wrong, or null
 */

/**
 * @param {Question} question
 */
function ask({ title, yes, fields, answer }) {
  const problem = el('p', { class: 'lotsen-dialog__problem', role: 'alert', hidden: true })
  const sure = el('button', { class: 'lotsen-button lotsen-button--primary' }, yes)
  const form = el(
    'form',
    { method: 'dialog', submit: (event) => void submit(event) },
    el('h2', { id: 'lotsen-dialog-title' }, title),
    ...fields,
    problem,
    el(
      'div',
      { class: 'lotsen-dialog__ways' },
      sure,
      button(say('cancel'), { click: () => dialog.close() }),
    ),
  )
  const dialog = show(form)

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault()
    if (sure.getAttribute('aria-disabled') === 'true') return
    sure.setAttribute('aria-disabled', 'true')
    const wrong = await answer(new FormData(form))
    sure.removeAttribute('aria-disabled')
    tell(problem, wrong ?? '')
    if (wrong === null) dialog.close()
  }
}

/** @param {HTMLElement} content */
function show(content) {
  const dialog = el(
    'dialog',
    {
      class: 'lotsen-dialog',
      'aria-labelledby': 'lotsen-dialog-title',
      close: () => dialog.remove(),
    },
    content,
  )
  document.querySelector('.lotsen-desk')?.append(dialog)
  dialog.showModal()
  return dialog
}

/**
 * @param {DeskDetail} detail
 * @param {(where: string, whom: string) => Promise<string | null>} answer
 */
export function askWhere({ colleagues, units, row }, answer) {
  const others = units.filter(({ id }) => id !== row.unit)
  const staff = choices('staff', say('who'), colleagues.map(named))
  const unit = choices('unit', say('which'), others)
  ask({
    title: say('overTitle'),
    yes: say('handOver'),
    fields: [
      el(
        'fieldset',
        { class: 'lotsen-choices' },
        el('legend', {}, say('overWhere')),
        colleagues.length
          ? choice('where', 'staff', say('overStaff'), staff)
          : el('p', {}, say('overNobody')),
        others.length > 0 && choice('where', 'unit', say('overUnit'), unit),
        choice('where', 'queue', say('overQueue'), hint(say('overQueueHint'))),
        choice('where', 'assistant', say('overAssistant'), hint(say('overAssistantHint'))),
      ),
    ],
    async answer(form) {
      const where = String(form.get('where') ?? '')
      return where ? answer(where, String(form.get(where) ?? '')) : say('overPick')
    },
  })
}

/**
 * @param {DeskDetail} detail
 * @param {(outcome: string) => Promise<string | null>} answer
 */
export function askOutcome({ outcomes }, answer) {
  ask({
    title: say('closeTitle'),
    yes: say('close'),
    fields: [
      el(
        'fieldset',
        { class: 'lotsen-choices' },
        el('legend', {}, say('closeHow')),
        ...outcomes.map(({ id, title }) => choice('outcome', id, title)),
      ),
      hint(say('closeHint')),
    ],
    async answer(form) {
      const outcome = String(form.get('outcome') ?? '')
      return outcome ? answer(outcome) : say('closePick')
    },
  })
}

export function showKeys() {
  const dialog = show(
    el(
      'div',
      {},
      el('h2', { id: 'lotsen-dialog-title' }, say('keysTitle')),
      el(
        'dl',
        { class: 'lotsen-keys' },
        ...SHORTCUTS.map(({ shown, does }) =>
          el('div', {}, el('dt', {}, el('kbd', {}, shown)), el('dd', {}, does)),
        ),
      ),
      el(
        'div',
        { class: 'lotsen-dialog__ways' },
        button(say('keysClose'), { click: () => dialog.close() }),
      ),
    ),
  )
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} words
 * @param {Child} [more]
 */
function choice(name, value, words, more) {
  return el(
    'div',
    { class: 'lotsen-choice' },
    el('label', {}, el('input', { type: 'radio', name, value }), el('span', {}, words)),
    more,
  )
}

/**
 * Choosing one of them chooses the way, too.
 *
 * @param {string} name
 * @param {string} label
 * @param {DeskPerson[]} people
 */
function choices(name, label, people) {
  const select = el(
    'select',
    { name, 'aria-label': label, change: pickWay },
    ...people.map((one) => el('option', { value: one.id }, one.name)),
  )
  return select

  function pickWay() {
    const radio = select.closest('.lotsen-choice')?.querySelector('input')
    if (radio) radio.checked = true
  }
}

/** @param {DeskAgent} agent */
function named({ id, name, state }) {
  const words = { here: '', break: say('break'), away: say('away') }[state]
  const told = words && say('stateNotHere', { name, state: words.toLocaleLowerCase('sv') })
  return { id, name: told || name }
}

/** @param {string} words */
function hint(words) {
  return el('p', { class: 'lotsen-choice__hint' }, words)
}
