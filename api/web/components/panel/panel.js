/**
 * The open chat: everything between its header and the field to write in.
 */

import { el } from '../../core/dom.js'
import { address } from '../chat/settings.js'
import { Composer } from '../composer/composer.js'
import { feedback } from '../feedback/feedback.js'
import { header } from '../header/header.js'
import { Help } from '../help/help.js'
import { Reader } from '../listen/listen.js'
import { Announcer, Log } from '../log/log.js'
import { greetingItem, heard, messageItem, pendingItem } from '../message/message.js'
import { callInstead, lostNotice, notice, unsentNotice } from '../notice/notice.js'
import { suggestions } from '../suggestions/suggestions.js'

/** Kinds of replies that can be of help or not; a way to a person has not been tried yet. */
const JUDGED = new Set(['answer', 'passage', 'not_defined', 'out_of_scope'])

export class Panel {
  /** @param {PanelSetup} setup */
  constructor(setup) {
    const { say, settings, record, conversation, menu, close } = setup
    this.setup = setup
    this.record = record
    this.announcer = new Announcer()
    this.log = new Log(say, settings.page)
    this.reader = new Reader(this)
    this.composer = new Composer({
      say,
      limit: record.limits.message,
      send: (text) => conversation.send(text),
      announce: (text) => this.announcer.sayOnly(text),
      announceAtRest: (text) => this.announcer.sayAtRest(text),
    })
    this.help = new Help(this, setup)
    this.closed = el('div', { class: 'lotsen-closed', hidden: true })
    const { page, server } = settings
    const logo = address(record.logo, server)
    this.root = el(
      'div',
      { class: 'lotsen-panel' },
      header({ say, name: record.assistant.name, logo, menu: menu.button, close, page }),
      this.help.bar,
      menu.root,
      this.help.root,
      this.log.root,
      this.closed,
      this.composer.root,
      this.announcer.root,
    )
    this.showRecord(record)
    this.suggest()
  }

  /**
   * Show what the record says, also when it has been read anew.
   *
   * @param {MunicipalityRecord} record
   */
  showRecord(record) {
    const { say, settings } = this.setup
    this.record = record
    this.help.show()
    this.log.before.replaceChildren(
      ...record.notices.map(({ text }) => notice('info', el('p', {}, text))),
      el(
        'ul',
        { class: 'lotsen-log', role: 'list' },
        greetingItem(record.assistant, address(record.about_url, settings.server), say),
      ),
    )
    if (record.open) this.closed.hidden = true
    else this.#close(record.closed_message ?? '')
    this.composer.root.hidden = !record.open
    if (record.open && record.listen && record.listen !== 'off') {
      void import('../dictate/mount.js').then(({ mount }) => mount(this)).catch(() => {})
    }
  }

  /**
   * @param {MessageView} message
   * @param {boolean} news
   */
  message(message, news) {
    const { say, conversation } = this.setup
    const item = messageItem(message, {
      say,
      forget: () => conversation.leave(),
      actions: (one) => this.#actions(one),
    })
    this.log.add(item, message.number)
    this.suggest()
    if (news && message.sender !== 'citizen') {
      this.announcer.say(heard(message, say), message.lang)
      this.help.hear(message)
      this.setup.unseen()
    }
    this.log.follow(this.log.question(message.in_reply_to) ?? item)
  }

  /** @param {Pending} pending */
  pending(pending) {
    const { say, conversation } = this.setup
    let item = this.log.pending(pending.key)
    if (!item) {
      item = pendingItem(pending, say)
      this.log.add(item, Infinity)
    }
    item.querySelector('.lotsen-unsent')?.remove()
    this.log.after.replaceChildren()
    const wait = conversation.standing.talking ? 'sending' : 'typing'
    if (pending.state === 'sending') this.announcer.sayOnly(say(wait))
    else item.append(this.#unsent(pending))
    this.log.follow(item)
  }

  /** @param {string} key */
  delivered(key) {
    this.log.pending(key)?.remove()
  }

  /** @param {boolean} waiting */
  typing(waiting) {
    // A person writes when there is something to say, and not because something was sent.
    const shown = waiting && !this.setup.conversation.standing.talking
    this.log.typing.hidden = !shown
    if (shown) this.log.follow(this.log.typing)
  }

  cleared() {
    this.reader.stop()
    this.help.cleared()
    this.log.clear()
    this.suggest()
  }

  ended() {
    this.tell(this.setup.say('ended'))
  }

  /**
   * The conversation could not be read.
   *
   * @param {() => void} again
   */
  lost(again) {
    this.log.after.replaceChildren(lostNotice(this.record.contacts, this.setup, again))
    this.announcer.sayOnly(this.setup.say('unreachable'))
  }

  announceNotices() {
    for (const { text } of this.record.notices) this.announcer.say(text)
  }

  /**
   * Say in the chat and aloud that something happened.
   *
   * @param {string} text
   */
  tell(text) {
    const said = notice('info', el('p', {}, text))
    this.log.list.append(el('li', { class: 'lotsen-message lotsen-message--notice' }, said))
    this.announcer.sayOnly(text)
    this.log.follow()
  }

  /**
   * Show again what is known, after the chat was built anew.
   *
   * @param {Panel} former
   */
  takeOver(former) {
    const { conversation } = this.setup
    conversation.messages.forEach((message) => this.message(message, false))
    conversation.outbox.all.forEach((pending) => this.pending(pending))
    this.composer.write(former.composer.text)
    this.help.takeOver(former.help)
    former.reader.stop()
  }

  /** Put the focus where the next question is written, unless a keyboard would hide the answer. */
  focusInput() {
    if (this.composer.root.hidden || matchMedia('(pointer: coarse)').matches) this.log.root.focus()
    else this.composer.focus()
  }

  /** The choices of the newest answer, or what can be asked of this municipality. */
  suggest() {
    const { say, conversation } = this.setup
    const last = conversation.messages.at(-1)
    const asked = this.record.suggested.map((title) => ({ title, payload: title }))
    const choices = last ? last.quick_replies : this.record.open ? asked : []
    const root = suggestions(say(last ? 'quickReplies' : 'suggestions'), choices, (payload) => {
      conversation.send(payload)
      this.focusInput() // The pressed button is gone by now.
    })
    this.log.after.replaceChildren(...(root ? [root] : []))
  }

  /** @param {MessageView} message */
  #actions(message) {
    const { sender, kind, number } = message
    if (sender !== 'assistant' && sender !== 'agent') return []
    const { say, conversation } = this.setup
    const judged = JUDGED.has(kind ?? '')
    return [
      el(
        'div',
        { class: 'lotsen-actions' },
        this.reader.button(message),
        judged &&
          feedback({
            say,
            number,
            given: conversation.feedback[number],
            give: (helped, words) => conversation.giveFeedback(number, helped, words),
            announce: (text) => this.announcer.sayOnly(text),
          }),
      ),
    ]
  }

  /** @param {Pending} pending */
  #unsent(pending) {
    const { setup, record } = this
    const root = unsentNotice(pending, record.contacts, setup, () => {
      setup.conversation.outbox.again(pending.key)
      this.focusInput()
    })
    this.announcer.sayOnly([...root.querySelectorAll('p, a')].map((e) => e.textContent).join(' '))
    return root
  }

  /** @param {string} words */
  #close(words) {
    const { say, settings } = this.setup
    const way = callInstead(this.record.contacts, settings.phone, say)
    this.closed.replaceChildren(notice('alert', el('p', {}, words), ...way))
    this.closed.hidden = false
  }
}
