/**
 * The button that reads an answer aloud. All else is loaded when it is pressed.
 *
 * A voice of this device will do where the server has none. One that lives on somebody else's
 * server is not used: it would send the answer there.
 */

import { button, icon } from '../../core/dom.js'

export class Reader {
  /** @type {HTMLElement | null} */
  pressed = null
  /** @type {Set<() => void>} */
  #waiting = new Set()
  end = () => {}

  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel
    // Voices are often known only after a while.
    globalThis.speechSynthesis?.addEventListener?.('voiceschanged', () => {
      for (const look of this.#waiting) look()
    })
  }

  /** @param {MessageView} message */
  button(message) {
    const { record, setup } = this.panel
    const look = () => {
      root.hidden = !record.speech && !localVoice(languageOf(message))
      this.#waiting[root.hidden ? 'add' : 'delete'](look)
    }
    const root = button(
      setup.say('listen'),
      {
        class: 'lotsen-button lotsen-button--quiet lotsen-listen',
        click: () => void this.#read(root, message),
      },
      icon('listen'),
    )
    look()
    return root
  }

  stop() {
    this.pressed = null
    this.end()
  }

  /**
   * @param {HTMLElement} root
   * @param {MessageView} message
   */
  async #read(root, message) {
    this.stop()
    this.pressed = root
    try {
      await (await import('./start.js')).start(this, root, message)
    } catch {
      this.panel.tell(this.panel.setup.say('unreachable'))
    }
  }
}

/** @param {MessageView} message */
export function languageOf({ lang }) {
  return (lang ?? 'sv').slice(0, 2)
}

/** @param {string} language */
export function localVoice(language) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? []
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language))
}
