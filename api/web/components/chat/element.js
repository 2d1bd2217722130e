/**
 * <medborgarlotsen-chat>: the chat in a shadow root, so that styles neither come in nor leak out.
 */

import { Chat } from './chat.js'
import { readSettings } from './settings.js'

export const NAME = 'medborgarlotsen-chat'

export class MedborgarlotsenChat extends HTMLElement {
  /** @type {Chat | null} */
  #chat = null
  #look = () => this.#chat?.look()

  connectedCallback() {
    document.addEventListener('visibilitychange', this.#look)
    if (this.#chat) return
    this.#chat = new Chat(this, this.attachShadow({ mode: 'open' }), readSettings(this))
    void this.#chat.start()
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#look)
    this.#chat?.end()
  }
}

// Two lines on one page, or two versions of it, must not stop each other.
if (!customElements.get(NAME)) customElements.define(NAME, MedborgarlotsenChat)
