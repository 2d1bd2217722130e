/**
 * Where the chat stands: a part of a page, or a dialog that a button in the corner opens.
 *
 * On a large screen the dialog leaves the page behind it usable. Where it covers the page the rest
 * is made inert, or the keyboard would wander about behind it.
 */

import { el } from '../../core/dom.js'

const COVERING = '(max-width: 30em), (max-height: 30em)'

export class Frame {
  #covering = matchMedia(COVERING)
  #open = false

  /** @param {FrameSetup} setup */
  constructor(setup) {
    this.setup = setup
    this.root = el('div', { class: 'lotsen-root' })
    const sort = setup.page ? 'page' : 'window'
    this.box = el(setup.page ? 'section' : 'dialog', {
      class: `lotsen-chat lotsen-chat--${sort}`,
      'aria-labelledby': 'lotsen-name',
    })
    this.root.append(this.box)
    this.root.addEventListener('keydown', (event) => this.#key(event))
    // A phone's own way back.
    this.box.addEventListener('cancel', (event) => (event.preventDefault(), this.hide()))
    this.#covering.addEventListener('change', () => this.#again())
  }

  get open() {
    return this.setup.page || this.#open
  }

  /** Whether opening it hides the page. */
  get covering() {
    return this.#covering.matches
  }

  /** @param {Launcher} launcher */
  put(launcher) {
    this.launcher?.root.remove()
    this.launcher = launcher
    launcher.show(this.#open)
    this.root.append(launcher.root)
  }

  /** @param {Node} content */
  fill(content) {
    this.box.replaceChildren(content)
  }

  show() {
    if (this.open) return
    this.#open = true
    this.#showDialog()
    this.launcher?.show(true)
    this.setup.changed(true)
  }

  /** Close it and give the focus back. */
  hide() {
    if (this.setup.page || !this.#open) return
    this.#open = false
    this.#dialog.close()
    this.launcher?.show(false)
    this.launcher?.root.focus()
    this.setup.changed(false)
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.box)
  }

  #showDialog() {
    if (this.covering) this.#dialog.showModal()
    // Unlike show() this leaves the focus where it is: a page that was gone to keeps it.
    else this.#dialog.open = true
  }

  /** The window was turned or zoomed: covering or not is decided anew. */
  #again() {
    if (this.setup.page || !this.#open) return
    const focused = /** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement
    this.#dialog.close()
    this.#showDialog()
    if (focused instanceof HTMLElement) focused.focus()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Escape' || event.isComposing || !this.open) return
    const inside = this.setup.escape()
    if (!inside && this.setup.page) return
    event.preventDefault()
    event.stopPropagation()
    if (!inside) this.hide()
  }
}
