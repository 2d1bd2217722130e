/**
 * Where the citizen stands, always in sight: the place in the queue, or who answers.
 */

import { button, el } from '../../core/dom.js'
import { asked } from './asked.js'

const QUEUE = /** @type {const} */ (['leaveQueue', 'leaveQueueAsk', 'leaveQueueYes', 'stay'])
const TALK = /** @type {const} */ (['leaveTalk', 'leaveTalkAsk', 'leaveTalkYes', 'stay'])

const ENGAGED = new Set(['waiting', 'talking'])
/** Ends that come from the other side. */
const UNASKED = new Set(['returned', 'expired'])

export class Bar {
  #state = 'none'
  /** @type {number | null} */
  #place = null
  /** @type {string | null} */
  #agent = null

  /**
   * @param {HTMLElement} root
   * @param {Hand} hand
   */
  constructor(root, hand) {
    this.root = root
    this.hand = hand
    this.text = el('p', { class: 'lotsen-bar__text', tabindex: -1 })
    this.acts = el('div', { class: 'lotsen-bar__acts' })
    root.setAttribute('role', 'group')
    root.setAttribute('aria-label', hand.say('standing'))
    root.replaceChildren(this.text, this.acts)
  }

  /** @param {HandoffView} view */
  show(view) {
    const before = this.#state
    const same = view.state === before && view.agent === this.#agent
    // Beginnings and ends are told by messages; a new place only here.
    const moved = same && ENGAGED.has(before) && view.place && view.place !== this.#place
    this.#state = view.state
    this.#place = view.place
    this.#agent = view.agent
    if (same && !ENGAGED.has(before)) return
    this.text.replaceChildren(...words(view))
    if (moved) this.hand.announce(view.text)
    if (!same) this.#change(view, before)
  }

  /**
   * @param {HandoffView} view
   * @param {string} before
   */
  #change(view, before) {
    const engaged = ENGAGED.has(view.state)
    // What ended before this page was opened, or by the citizen's own wish, needs no more words.
    const unasked = ENGAGED.has(before) && UNASKED.has(view.state)
    const within = this.root.contains(active(this.root))
    this.root.hidden = !engaged && !unasked
    this.acts.replaceChildren(...(engaged ? [this.#leaving(view)] : this.#ended()))
    if (!within) return
    if (this.root.hidden) this.hand.rest()
    else this.text.focus()
  }

  /** The conversation goes on: how it ended is old news. */
  over() {
    if (!ENGAGED.has(this.#state)) this.hide()
  }

  hide() {
    this.#state = 'none'
    this.root.hidden = true
  }

  /** @param {HandoffView} view */
  #leaving({ state, agent }) {
    const { say, conversation } = this.hand
    const values = { agent: agent || say('person') }
    return asked(say, state === 'waiting' ? QUEUE : TALK, values, async () => {
      const { session } = conversation.memory
      if (session) conversation.standing.heed(await conversation.api.leave(session))
    })
  }

  #ended() {
    const { say, ways } = this.hand
    return [
      button(say('otherWays'), { click: () => (this.hide(), ways()) }),
      button(say('dismiss'), { click: () => (this.hide(), this.hand.rest()) }),
    ]
  }
}

/**
 * @param {HTMLElement} root
 */
function active(root) {
  return /** @type {ShadowRoot} */ (root.getRootNode()).activeElement
}

/**
 * What the server says, with the name of who answers in bold.
 *
 * @param {HandoffView} view
 */
function words({ state, agent, text }) {
  const [before = '', ...after] = agent && state === 'talking' ? text.split(agent) : [text]
  return after.length ? [before, el('strong', {}, agent), after.join(agent ?? '')] : [before]
}
