/**
 * What stays where it is, whatever is shown: whose kiosk it is, the clock, the settings, reading
 * aloud, and the four buttons at the bottom. Between them is the screen.
 */

import { el } from '../core/dom.js'
import { sign } from './signs.js'

/** Of what is seen, so that a line or two is seen again. */
const STEP = 0.8
const SCROLLS = { class: 'kiosk-button kiosk-tall kiosk-scrolls', 'data-repeats': true }

export class Frame {
  #head = el('header', { class: 'kiosk-head' })
  #read = el('section', { class: 'kiosk-read' })
  #touch = el('section', { class: 'kiosk-touch' })
  #body = el('div', { class: 'kiosk-body' }, this.#read, this.#touch)
  #tools = el('div', { class: 'kiosk-tools', role: 'group' })
  #speech = el('div', { class: 'kiosk-tools kiosk-speech', role: 'group', hidden: true })
  #bar = el('nav', { class: 'kiosk-bar' })
  #status = el('p', { class: 'kiosk-hidden', role: 'status' })
  #up = button('up', '', () => this.#scroll(-1), SCROLLS)
  #down = button('down', '', () => this.#scroll(1), SCROLLS)

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    root.replaceChildren(this.#head, this.#body, this.#speech, this.#tools, this.#bar, this.#status)
    const look = () => this.#measure()
    const size = new ResizeObserver(look)
    for (const pane of [this.#body, this.#read, this.#touch]) {
      size.observe(pane)
      pane.addEventListener('scroll', look, { passive: true })
    }
    new MutationObserver(look).observe(this.#body, { childList: true, subtree: true })
  }

  /**
   * @param {KioskScreen} screen
   * @param {KioskViewName} name
   * @param {boolean} focus - on its title; not when the page has just been opened
   */
  show({ title, read, touch }, name, focus) {
    const heading = el('h1', { class: 'kiosk-title', tabindex: -1 }, title)
    this.root.dataset['view'] = name
    this.#read.replaceChildren(heading, ...read.filter((node) => node instanceof Node))
    this.#touch.replaceChildren(...touch.filter((node) => node instanceof Node))
    for (const pane of this.#panes()) pane.scrollTop = 0
    document.scrollingElement?.scrollTo(0, 0)
    if (focus) heading.focus({ preventScroll: true })
    this.#measure()
  }

  /** Where the screen is, with all that is read and touched. */
  get body() {
    return this.#body
  }

  /** @param {(Node | string)[]} children */
  head(...children) {
    this.#head.replaceChildren(...children)
  }

  /**
   * @param {KioskSay} say
   * @param {HTMLElement[]} tools
   * @param {HTMLElement[]} bar
   */
  furnish(say, tools, bar) {
    rename(this.#up, say('up'))
    rename(this.#down, say('down'))
    this.#tools.setAttribute('aria-label', say('settings'))
    this.#speech.setAttribute('aria-label', say('speech'))
    this.#bar.setAttribute('aria-label', say('always'))
    renew(this.#tools, [...tools, this.#up, this.#down])
    renew(this.#bar, bar)
    this.#measure()
  }

  /**
   * @param {HTMLElement[]} controls - none: it is hidden
   * @param {string} [told] - what went wrong
   */
  speech(controls, told = '') {
    this.#speech.hidden = !controls.length && !told
    const words = told ? [el('p', { class: 'kiosk-told' }, told)] : []
    renew(this.#speech, [...controls, ...words])
    this.#measure()
  }

  /** @param {string} words - for screen readers, which see no change by themselves */
  tell(words) {
    this.#status.textContent = words
  }

  #panes() {
    return [this.#body, this.#read, this.#touch]
  }

  /** @param {1 | -1} way */
  #scroll(way) {
    const panes = this.#panes().filter((pane) => room(pane, way) > 0)
    const pane = way > 0 ? panes[0] : panes.at(-1)
    pane?.scrollBy({ top: way * pane.clientHeight * STEP })
  }

  #measure() {
    for (const [key, way] of /** @type {const} */ ([
      [this.#up, -1],
      [this.#down, 1],
    ])) {
      const can = this.#panes().some((pane) => room(pane, way) > 0)
      key.setAttribute('aria-disabled', String(!can))
    }
    for (const pane of this.#panes()) {
      // What can be scrolled has to be reached by keyboard too.
      if (room(pane, 1) > 0 || room(pane, -1) > 0) pane.tabIndex = 0
      else pane.removeAttribute('tabindex')
    }
  }
}

/**
 * Put new buttons in the place of old ones; the focus stays where it was. What looks the same does
 * the same, and is left as it is: a finger may lie on it.
 *
 * @param {HTMLElement} place
 * @param {HTMLElement[]} children
 */
function renew(place, children) {
  const alike = children.every((child, at) => child.isEqualNode(place.children[at] ?? null))
  if (alike && children.length === place.children.length) return
  const at = [...place.children].indexOf(document.activeElement ?? place)
  place.replaceChildren(...children)
  if (at >= 0) children[at]?.focus({ preventScroll: true })
}

/**
 * @param {HTMLElement} pane
 * @param {1 | -1} way
 */
function room(pane, way) {
  if (!/auto|scroll/.test(getComputedStyle(pane).overflowY)) return 0
  const below = pane.scrollHeight - pane.clientHeight - pane.scrollTop
  return Math.floor(way > 0 ? below : pane.scrollTop)
}

/**
 * @param {string} drawing
 * @param {string} words
 * @param {() => void} act
 * @param {Record<string, Value>} [more]
 */
export function button(drawing, words, act, more = {}) {
  return el(
    'button',
    {
      type: 'button',
      class: 'kiosk-button',
      ...more,
      click: (/** @type {Event} */ event) => {
        const { currentTarget } = event
        const off =
          currentTarget instanceof Element && currentTarget.getAttribute('aria-disabled') === 'true'
        if (!off) act()
      },
    },
    drawing && sign(drawing),
    el('span', {}, words),
  )
}

/**
 * @param {HTMLElement} root
 * @param {string} words
 */
export function rename(root, words) {
  const span = root.querySelector('span')
  if (span) span.textContent = words
}
