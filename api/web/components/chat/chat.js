/**
 * The chat of one municipality: puts together what is kept, what is asked for and what is shown.
 */

import { Api, Fault } from '../../core/api.js'
import { Conversation } from '../../core/conversation.js'
import { el } from '../../core/dom.js'
import { pause } from '../../core/events.js'
import { Memory, nameOf } from '../../core/session.js'
import { ownLanguage, speaking } from '../../core/strings.js'
import { header } from '../header/header.js'
import { Launcher } from '../launcher/launcher.js'
import { Announcer } from '../log/log.js'
import { lostNotice } from '../notice/notice.js'
import { Panel } from '../panel/panel.js'
import { Menu } from '../tools/menu.js'
import { Frame } from './frame.js'
import { paint } from './settings.js'

/** So long the button may wait for the municipality's colours. */
const PAINT_MS = 1500

export class Chat {
  /** @type {Panel | null} */
  #panel = null
  /** @type {Menu | null} */
  #menu = null
  /** @type {MunicipalityRecord | null} */
  #record = null
  #begun = false
  /** Opened by a person, and not because it was open on the page before. */
  #wanted = false
  /** @type {Say} */
  say = (key) => key

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} shadow
   * @param {Settings} settings
   */
  constructor(host, shadow, settings) {
    this.host = host
    this.shadow = shadow
    this.settings = settings
    const { server, municipality, page } = settings
    const name = nameOf(server, municipality)
    this.memory = new Memory(name, (session) => void this.#switched(session))
    this.api = new Api(server, () => this.language)
    this.conversation = new Conversation(this.api, this.memory, municipality, {
      message: (message, news) => this.#panel?.message(message, news),
      pending: (pending) => this.#panel?.pending(pending),
      delivered: (key) => this.#panel?.delivered(key),
      typing: (waiting) => this.#panel?.typing(waiting),
      handoff: (view) => this.#panel?.help.heed(view),
      cleared: () => this.#panel?.cleared(),
      ended: () => this.#panel?.ended(),
    })
    this.frame = new Frame({
      page,
      escape: () => this.#escape(),
      changed: (open) => this.#opened(open),
    })
  }

  async start() {
    const style = el('link', { rel: 'stylesheet', href: `${this.settings.server}assets/chat.css` })
    const styled = new Promise((resolve) => {
      style.addEventListener('load', resolve)
      style.addEventListener('error', resolve) // Bare, but it works.
    })
    this.shadow.append(style)
    this.#take(this.memory.record)
    const told = this.#record ?? this.#read()
    await Promise.all([styled, this.memory.join(), Promise.race([told, pause(PAINT_MS)])])
    await this.#build()
    this.shadow.append(this.frame.root)
    // A page that somebody just went to is not covered.
    if (this.memory.view.open && !this.frame.covering) this.frame.show()
    // Who waits for a person hears of it with the chat closed too.
    if (!this.#begun && (this.settings.page || this.memory.engaged)) await this.#begin()
  }

  end() {
    this.conversation.live.close()
    this.memory.close()
  }

  /** Follow the conversation only while somebody can see it. */
  look() {
    this.conversation.watch(this.#begun && this.frame.open && !document.hidden)
  }

  /** Of the chat's own words. */
  get language() {
    return ownLanguage(this.memory.view.language ?? this.settings.language)
  }

  get panel() {
    return this.#panel
  }

  /** @param {boolean} open */
  #opened(open) {
    this.memory.keep({ view: { ...this.memory.view, open } })
    if (!open) this.#panel?.reader.stop()
    if (open && !this.#begun) void this.#begin()
    else this.look()
  }

  #press() {
    if (this.frame.open) this.frame.hide()
    else {
      this.#wanted = true
      this.frame.show()
      this.focus()
    }
  }

  focus() {
    if (this.#panel) this.#panel.focusInput()
    else this.shadow.getElementById('lotsen-name')?.focus()
  }

  #escape() {
    if (!this.#menu?.open) return Boolean(this.#panel?.help.escape())
    this.#menu.leave()
    return true
  }

  /** Get the record as it is now and the conversation as far as it has come. */
  async #begin() {
    this.#begun = true
    const fresh = await this.#read()
    if (!this.#record) {
      this.#begun = false
      this.host.dispatchEvent(new Event('lotsen-lost'))
      return
    }
    if (this.#panel && fresh) this.#panel.showRecord(fresh)
    if (!this.#panel) await this.#buildAround()
    if (this.#wanted) this.#panel?.announceNotices()
    await this.#resume()
    this.host.dispatchEvent(new Event('lotsen-ready'))
  }

  /** What had the focus is replaced: it goes to where the chat begins. */
  async #buildAround() {
    const within = this.frame.box.contains(this.shadow.activeElement)
    await this.#build()
    if (within) this.focus()
  }

  async #resume() {
    try {
      const view = await this.conversation.resume()
      if (view) this.#menu?.showEasy(view.easy)
      this.#panel?.suggest()
      this.look()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.#panel?.lost(() => void this.#resume().then(() => this.focus()))
    }
  }

  /** @returns {Promise<MunicipalityRecord | null>} */
  async #read() {
    try {
      const record = await this.api.record(this.settings.municipality)
      this.memory.keep({ record })
      this.#take(record)
      return record
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return null
    }
  }

  /** @param {MunicipalityRecord | null} record */
  #take(record) {
    this.#record = record
    if (record) paint(this.host, record)
  }

  /** Show it in another language. */
  async rebuild() {
    await this.#read()
    await this.#build()
    this.#menu?.button.focus()
  }

  async #build() {
    const { settings, frame } = this
    const say = (this.say = await speaking(this.language))
    const label = settings.label || say('launcher')
    frame.root.lang = this.language
    frame.root.style.setProperty('--lotsen-scale', String(this.memory.view.scale))
    if (!settings.page) frame.put(new Launcher(say, label, () => this.#press()))
    frame.fill(this.#record ? this.#newPanel(this.#record).root : this.#lost())
  }

  /** @param {MunicipalityRecord} record */
  #newPanel(record) {
    const { settings, conversation, frame } = this
    const former = this.#panel
    const menu = (this.#menu = new Menu(this, record))
    this.#panel = new Panel({
      say: this.say,
      settings,
      record,
      conversation,
      menu,
      close: settings.page ? null : () => frame.hide(),
      unseen: () => frame.open || frame.launcher?.add(),
    })
    if (former) this.#panel.takeOver(former)
    return this.#panel
  }

  /** What is shown when not even the record is known. */
  #lost() {
    const { settings, frame, say } = this
    const close = settings.page ? null : () => frame.hide()
    const announcer = new Announcer()
    const again = async () => {
      await this.#begin()
      if (!this.#panel) announcer.sayOnly(say('unreachable'))
    }
    return el(
      'div',
      { class: 'lotsen-panel' },
      header({
        ...settings,
        say,
        close,
        name: settings.label || say('launcher'),
        logo: null,
        menu: null,
      }),
      el('div', { class: 'lotsen-scroll' }, lostNotice([], { say, settings }, again)),
      announcer.root,
    )
  }

  /** @param {Session | null} session */
  async #switched(session) {
    // One that was never opened reads it when it is.
    if (this.#begun) await this.conversation.switched(session)
    this.look()
  }
}
