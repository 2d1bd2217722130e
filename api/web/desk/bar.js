/**
 * The top of the desk: where to go, whether one is there, sound, help and the way out.
 */

import { button, el } from '../core/dom.js'
import { showKeys } from './dialogs.js'
import { setText } from './lists.js'
import { forgetAll } from './memory.js'
import { say } from './words.js'

/** @type {DeskPresence[]} */
const PRESENCES = ['here', 'break', 'away']

export class Bar {
  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    const { store } = app
    this.waiting = el('span', { class: 'lotsen-badge' })
    this.due = el('span', { class: 'lotsen-badge' })
    /** @type {Record<string, HTMLAnchorElement>} */
    this.links = { talks: link('#samtal', say('talks'), this.waiting) }
    if (store.can('agent')) {
      this.links['callbacks'] = link('#uppringning', say('callbacks'), this.due)
    }
    if (store.can('admin')) this.links['log'] = link('#logg', say('log'))
    this.sound = button('', { 'aria-pressed': 'false', click: () => app.turnSound() })
    this.presence = store.can('agent') ? presence(app) : null
    this.root = el(
      'header',
      { class: 'lotsen-bar' },
      el('h1', { class: 'lotsen-bar__title' }, say('title')),
      el(
        'nav',
        { class: 'lotsen-bar__nav', 'aria-label': say('title') },
        el('ul', { role: 'list' }, ...Object.values(this.links).map((one) => el('li', {}, one))),
      ),
      this.presence,
      el(
        'div',
        { class: 'lotsen-bar__tools' },
        this.sound,
        button(say('help'), { click: () => showKeys() }),
        signOut(store.me.csrf, store.me.name),
      ),
    )
  }

  update() {
    const { store } = this.app
    const { me, queue, place } = store
    const [waiting, due] = [queue?.waiting.length ?? 0, queue?.callbacks_due ?? 0]
    count(this.waiting, waiting, say('waitingCount', { n: waiting }))
    count(this.due, due, say('dueCount', { n: due }))
    for (const [page, there] of Object.entries(this.links)) {
      if (page === place.page) there.setAttribute('aria-current', 'page')
      else there.removeAttribute('aria-current')
    }
    const { sound } = this.app.memory
    setText(this.sound, say(sound ? 'soundOn' : 'soundOff'))
    this.sound.setAttribute('aria-pressed', String(sound))
    for (const choice of this.presence?.querySelectorAll('input') ?? []) {
      choice.checked = choice.value === me.presence
    }
  }
}

/** @param {DeskApp} app */
function presence(app) {
  return el(
    'fieldset',
    { class: 'lotsen-presence' },
    el('legend', { class: 'lotsen-visually-hidden' }, say('presence')),
    ...PRESENCES.map((state) =>
      el(
        'label',
        { class: 'lotsen-presence__choice' },
        el('input', {
          type: 'radio',
          name: 'presence',
          value: state,
          change: () => void app.work.setPresence(state),
        }),
        el('span', {}, say(state)),
      ),
    ),
  )
}

/**
 * An ordinary form: it works also when nothing else does.
 *
 * @param {string} csrf
 * @param {string} name - of who goes
 */
export function signOut(csrf, name) {
  return el(
    'form',
    { method: 'post', action: '/desk/sign-out', submit: forgetAll },
    el('input', { type: 'hidden', name: 'csrf', value: csrf }),
    el(
      'button',
      { class: 'lotsen-button' },
      say('signOut'),
      name && el('span', { class: 'lotsen-bar__name' }, name),
    ),
  )
}

/**
 * A number for the eye; who hears it is told of what.
 *
 * @param {HTMLElement} badge
 * @param {number} n
 * @param {string} words
 */
function count(badge, n, words) {
  badge.hidden = !n
  if (badge.title === words) return
  badge.title = words
  badge.replaceChildren(
    el('span', { 'aria-hidden': 'true' }, String(n)),
    el('span', { class: 'lotsen-visually-hidden' }, words),
  )
}

/**
 * @param {string} href
 * @param {string} words
 * @param {Child} [badge]
 */
function link(href, words, badge) {
  return el('a', { href, class: 'lotsen-bar__link' }, words, badge && ' ', badge)
}
