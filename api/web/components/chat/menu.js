/**
 * What the menu does, and what it says about how that went.
 */

import { Fault } from '../../core/api.js'
import { Tools } from '../tools/tools.js'
import { copy, print } from '../tools/transcript.js'
import { address } from './settings.js'

/**
 * @param {Chat} chat
 * @param {MunicipalityRecord} record
 */
export function menu(chat, record) {
  const { settings, memory, conversation, frame, say } = chat
  /** @type {Tools} */
  const tools = new Tools({
    say,
    view: memory.view,
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
    copy: () => transcript(async (text) => tools.tell(say(await copy(text)))),
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
        tools.tell((error instanceof Fault && error.message) || say('eraseLost'))
      }
    },
    announce: (text) => chat.panel?.announcer.sayOnly(text),
  })

  /** @param {{ easy?: boolean, language?: string | null }} wishes */
  async function change(wishes) {
    try {
      await conversation.change(wishes)
    } catch (error) {
      tools.tell(say('settingLost'))
      throw error
    }
  }

  /** @param {(text: Promise<string>) => Promise<void>} use */
  async function transcript(use) {
    if (!memory.session) return tools.tell(say('nothingYet'))
    try {
      await use(chat.api.transcript(memory.session))
    } catch {
      tools.tell(say('unreachable'))
    }
  }

  /** @param {'startedOver' | 'erased'} key */
  function done(key) {
    tools.show(false)
    chat.panel?.tell(say(key))
    chat.focus()
  }

  return tools
}
