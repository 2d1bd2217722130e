/**
 * Each municipality's desk: whether citizens can reach it now, who is there, and the way to keep
 * it open longer or close it early today.
 */

import { button, el } from '../core/dom.js'
import { KeyedList, setText, tell } from './lists.js'
import { endOfDay, halfHoursLeft, todayAt } from './times.js'
import { say } from './words.js'

export class Desks {
  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.now = el('span', { class: 'lotsen-desks__now' })
    const list = el('ul', { role: 'list' })
    this.list = new KeyedList(
      list,
      (desk) => desk.id,
      (desk) => deskPart(app, desk),
    )
    this.root = el(
      'details',
      { class: 'lotsen-desks' },
      el('summary', { class: 'lotsen-desks__title' }, el('h2', {}, say('desks')), ' ', this.now),
      list,
    )
  }

  update() {
    const desks = this.app.store.queue?.municipalities ?? []
    const [one] = desks
    const open = desks.filter((desk) => desk.open).length
    setText(
      this.now,
      desks.length === 1 && one ? stateOf(one) : say('desksNow', { open, all: desks.length }),
    )
    this.now.classList.toggle('lotsen-desks__now--open', open > 0)
    this.list.update(desks)
  }
}

/**
 * @param {DeskApp} app
 * @param {DeskMunicipality} desk
 */
function deskPart(app, { id, name }) {
  const [state, more, staff] = [el('p'), el('p'), el('p')]
  const heading = el('h3', { tabindex: -1 }, name)
  const until = el('select', { id: `lotsen-until-${id}`, 'aria-label': say('openFor', { name }) })
  const longer = [
    el('label', { for: until.id }, say('openUntil')),
    until,
    button(say('openIt'), {
      'aria-label': `${say('openIt')}: ${name}`,
      click: () => void set({ open_until: todayAt(app.store.now, until.value) }),
    }),
  ]
  const close = button(say('closeNow'), {
    'aria-label': `${say('closeNow')}: ${name}`,
    click: () => void set({ closed_until: endOfDay(app.store.now) }),
  })
  const controls = el('div', { class: 'lotsen-desks__controls' }, ...longer, close)
  const follow = button(say('followHours'), {
    'aria-label': `${say('followHours')}: ${name}`,
    click: () => void set({ open_until: null, closed_until: null }),
  })
  /** @param {DeskOpening} opening */
  const set = (opening) => app.work.setOpening(id, opening)
  const may = app.store.can('agent', id) || app.store.can('admin', id)
  const root = el(
    'li',
    { class: 'lotsen-desk-state' },
    heading,
    ...[state, more, staff],
    may && controls,
    may && follow,
  )
  return {
    root,
    /** @param {DeskMunicipality} desk */
    update(desk) {
      const focused = document.activeElement
      setText(state, stateOf(desk))
      state.className = `lotsen-desk-state__now lotsen-desk-state__now--${desk.open ? 'open' : 'shut'}`
      tell(more, desk.extra_until || desk.closed_until ? say('deskByHand') : '')
      const here = desk.agents.filter((agent) => agent.state === 'here').map((agent) => agent.name)
      setText(staff, here.length ? say('deskStaff', { names: here.join(', ') }) : say('deskNobody'))
      controls.hidden = !desk.chat
      follow.hidden = !desk.extra_until && !desk.closed_until
      close.hidden = !desk.open && !desk.closes
      offer(until, app.store.now, desk.closes)
      for (const part of longer) part.hidden = !until.options.length
      // What was pressed is not offered any more.
      if (focused === follow ? follow.hidden : focused === close && close.hidden) heading.focus()
    },
  }
}

/**
 * Fill in the times that are left after it closes, without moving what somebody has chosen.
 *
 * @param {HTMLSelectElement} select
 * @param {string} now
 * @param {string | null} closes
 */
function offer(select, now, closes) {
  const from = Date.parse(closes ?? now)
  const times = halfHoursLeft(now).filter(({ value }) => Date.parse(todayAt(now, value)) > from)
  if (select.options.length === times.length) return
  const chosen = select.value
  select.replaceChildren(...times.map(({ value, words }) => el('option', { value }, words)))
  if (times.some(({ value }) => value === chosen)) select.value = chosen
}

/** @param {DeskMunicipality} desk */
function stateOf(desk) {
  if (!desk.chat) return say('deskNoChat')
  return desk.text || say(desk.open ? 'deskOpen' : 'deskClosed')
}
