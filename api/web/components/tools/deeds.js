/**
 * What the menu does, and what it says about how that went.
 */

import { Fault } from '../../core/api.js'
import { address } from '../chat/settings.js'
import { Tools } from './tools.js'
import { copy, print } from './transcript.js'

/** @param {Menu} menu */
export function tools(menu) {
  const { chat, record } = menu
  const { settings, memory, conversation, frame, say } = chat
  /** @type {Tools} */
  const shown = new Tools({
    say,
    view: { ...memory.view, easy: menu.easy },
    languages: record.languages,
    about: address(record.about_url, settings.server),
    days: record.retention_days,
    scale(scale) {
      memory.keep({ view: { ...memory.view, scale } })
      frame.root.style.setProperty('--lotsen-scale', String(scale))
    },
    easy: (easy) => change({ easy }),
    async language(language) {
      const before = chat.language
      await change({ language })
      if (chat.language !== before) await chat.rebuild()
    },
    copy: () => transcript(async (text) => shown.tell(say(await copy(text)))),
    print: () => transcript(async (text) => print(await text, frame.root)),
    startOver() {
      conversation.startOver()
      done('startedOver')
    },
    async erase() {
      try {
        await conversation.erase()
        done('erased')
      } catch (error) {
        shown.tell((error instanceof Fault && error.message) || say('eraseLost'))
      }
    },
    announce: (text) => chat.panel?.announcer.sayOnly(text),
  })

  /** @param {{ easy?: boolean, language?: string | null }} wishes */
  async function change(wishes) {
    try {
      await conversation.change(wishes)
    } catch (error) {
      shown.tell(say('settingLost'))
      throw error
    }
  }

  /** @param {(text: Promise<string>) => Promise<void>} use */
  async function transcript(use) {
    if (!memory.session) return shown.tell(say('nothingYet'))
    try {
      await use(chat.api.transcript(memory.session))
    } catch {
      shown.tell(say('unreachable'))
    }
  }

  /** @param {'startedOver' | 'erased'} key */
  function done(key) {
    menu.show(false)
    chat.panel?.tell(say(key))
    chat.focus()
  }

  return shown
}
