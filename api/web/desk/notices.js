/**
 * What the whole page has to say: no contact with the server, signed out, what did not work.
 */

import { el, button } from '../core/dom.js'
import { notice } from '../components/notice/notice.js'
import { setText } from './lists.js'
import { addressOf } from './place.js'
import { say } from './words.js'

export class Notices {
  /** @type {DeskLink} */
  #link = 'ok'

  /** @param {DeskApp} app */
  constructor(app) {
    this.app = app
    this.linkText = el('p')
    this.signIn = el('a', { href: '/desk/sign-in' }, say('signIn'))
    this.link = notice('alert', this.linkText, this.signIn)
    this.text = el('p')
    this.said = notice('info', this.text, button(say('dismiss'), { click: () => this.#dismiss() }))
    this.stuckLink = el('a', {}, say('stuckShow'))
    this.stuck = notice('alert', el('p', {}, say('stuck')), this.stuckLink)
    this.link.hidden = this.said.hidden = this.stuck.hidden = true
    this.root = el('div', { class: 'lotsen-desk__notices' }, ...[this.link, this.stuck, this.said])
  }

  update() {
    this.#showStuck()
    const { link } = this.app.store
    if (link === this.#link) return
    const words = { ok: say('back'), lost: say('lost'), signedOut: say('signedOut') }[link]
    this.app.announce(words)
    this.#link = link
    this.link.hidden = link === 'ok'
    this.signIn.hidden = link !== 'signedOut'
    setText(this.linkText, words)
  }

  /** A reply in a chat that stands in no list any more is not forgotten. */
  #showStuck() {
    const { store, replies } = this.app
    const { place, queue } = store
    const id = replies.failed.find(
      (one) => one !== place.id && queue && !queue.mine.some((row) => row.id === one),
    )
    this.stuck.hidden = !id
    if (id) this.stuckLink.href = addressOf(id)
  }

  /**
   * Something that did not work, until it is put away or something else is tried.
   *
   * @param {string} text - none: nothing
   */
  show(text) {
    setText(this.text, text)
    this.said.hidden = !text
    if (!text) return
    this.app.announce(text)
    this.said.scrollIntoView({ block: 'nearest' })
  }

  #dismiss() {
    this.said.hidden = true
    this.app.focusPage()
  }
}
