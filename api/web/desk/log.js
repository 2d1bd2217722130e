/**
 * For those who look after the desk: who saw and did what, and mail that could not be sent.
 */

import { button, el } from '../core/dom.js'
import { tell } from './lists.js'
import { dayAndClock } from './times.js'
import { reason, say } from './words.js'

/** @type {Record<string, string>} */
const ACTIONS = {
  signed_in: 'Loggade in',
  signed_out: 'Loggade ut',
  sign_in_failed: 'Misslyckades med att logga in',
  read_transcript: 'Läste ett samtal',
  claimed: 'Tog ett samtal',
  replied: 'Svarade',
  transferred: 'Lämnade över',
  gave_back: 'Lämnade tillbaka till assistenten',
  released: 'Lade tillbaka i kön',
  closed: 'Avslutade ett samtal',
  saw_callback: 'Såg en uppringning',
  took_callback: 'Tog en uppringning',
  did_callback: 'Ringde upp',
  missed_callback: 'Fick inget svar',
  released_callback: 'Lade tillbaka en uppringning',
  set_opening: 'Ändrade öppettiden',
  account_added: 'Lade till ett konto',
  account_disabled: 'Stängde av ett konto',
  account_enabled: 'Öppnade ett konto igen',
  account_removed: 'Tog bort ett konto',
  password_changed: 'Bytte lösenord för ett konto',
  roles_changed: 'Ändrade roller för ett konto',
  'answer.flagged': 'Märkte ett svar',
  'answer.restored': 'Lät ett svar visas som vanligt igen',
  'answer.withdrawn': 'Stoppade ett svar',
  'change.applied': 'Lade in en ändring',
  'change.dropped': 'Släppte en ändring',
  'change.proposed': 'Föreslog en ändring',
  'page.dropped': 'Tog bort utkast från en sida',
  'page.imported': 'Läste in en sida',
  'page.reread': 'Läste in en sida igen',
  'review.picked': 'Valde en fråga som exempel',
  'review.asked': 'Bad en redaktör svara på en fråga',
  'review.answered': 'Tog hand om en fråga',
  'review.hidden': 'Gömde en fråga',
  'review.reopened': 'Tog tillbaka en fråga till granskningen',
  'runs.started': 'Startade en provkörning',
  'runs.stopped': 'Stoppade en provkörning',
}

export class Log {
  /** @type {number | null} */
  #before = null

  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.heading = el('h2', { id: 'lotsen-log-title', tabindex: -1 }, say('logTitle'))
    this.where = el('select', { id: 'lotsen-log-where', change: () => void this.read() })
    const own = app.store.me.memberships.filter(({ roles }) => roles.includes('admin'))
    this.where.append(...own.map((one) => el('option', { value: one.municipality }, one.name)))
    this.rows = el('tbody')
    this.status = el('p', { role: 'status' })
    this.older = button(say('logOlder'), { hidden: true, click: () => void this.#more() })
    this.mails = el('ul', { class: 'lotsen-log__mails', role: 'list' })
    this.noMail = el('p')
    this.root = el(
      'section',
      { class: 'lotsen-list', 'aria-labelledby': 'lotsen-log-title', hidden: true },
      this.heading,
      el(
        'div',
        { class: 'lotsen-list__filters' },
        el('label', { for: this.where.id }, say('municipality')),
        this.where,
      ),
      this.#table(),
      ...[this.status, this.older],
      el('h2', {}, say('mailTitle')),
      ...[this.mails, this.noMail],
    )
  }

  #table() {
    const heads = [say('logWhen'), say('logWho'), say('logWhat'), say('logObject')]
    return el(
      'div',
      { class: 'lotsen-log__table', tabindex: 0, role: 'region', 'aria-label': say('log') },
      el(
        'table',
        {},
        el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
        this.rows,
      ),
    )
  }

  update() {
    const { link, place } = this.app.store
    const hidden = place.page !== 'log' || link === 'signedOut'
    if (this.root.hidden && !hidden) void this.read()
    this.root.hidden = hidden
  }

  focus() {
    this.heading.focus()
  }

  async read() {
    this.#before = null
    this.rows.replaceChildren()
    tell(this.status, say('logRead'))
    await this.#more()
    await this.#readMail()
  }

  async #more() {
    const where = this.where.value
    try {
      const { entries, before } = await this.app.store.api.audit(where, this.#before)
      if (where !== this.where.value) return
      this.#before = before
      this.rows.append(...entries.map(entryRow))
      this.older.hidden = before == null
      tell(this.status, this.rows.childElementCount ? '' : say('logNone'))
    } catch (error) {
      tell(this.status, reason(error))
    }
  }

  async #readMail() {
    try {
      const failed = await this.app.store.api.mail(this.where.value)
      this.mails.replaceChildren(...failed.map((mail) => el('li', {}, mailLine(mail))))
      tell(this.noMail, failed.length ? '' : say('mailNone'))
    } catch (error) {
      this.mails.replaceChildren()
      tell(this.noMail, reason(error))
    }
  }
}

/** @param {DeskAuditEntry} entry */
function entryRow({ at, staff, action, object }) {
  const told = [dayAndClock(at), staff?.name ?? say('system'), ACTIONS[action] ?? action, object]
  return el('tr', {}, ...told.map((one) => el('td', {}, one ?? '')))
}

/** @param {DeskFailedMail} mail */
function mailLine({ receipt, kind, failed_at, attempts, problem }) {
  return say('mailRow', {
    receipt: receipt ?? kind,
    when: dayAndClock(failed_at),
    n: attempts,
    problem: problem ?? '',
  })
}
