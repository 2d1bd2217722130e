/**
 * What is loaded when an answer is to be read aloud begins here.
 */

import { styled } from '../../core/style.js'
import { voice } from '../../core/text.js'
import { Bar } from './bar.js'
import { languageOf } from './listen.js'
import { messageSource } from './requests.js'
import { sv } from './strings.js'
import { voiceSource } from './voice.js'

const STYLE = 'assets/components/listen/listen.css'

/**
 * @param {Reader} reader
 * @param {HTMLElement} opener - the button that was pressed
 * @param {MessageView} message
 */
export async function start(reader, opener, message) {
  const { panel } = reader
  const { api, memory } = panel.setup.conversation
  const english = api.language() === 'en'
  const words = english ? (await import('./strings.en.js')).en : sv
  await styled(panel.root, panel.setup.settings.server + STYLE)
  // Something else was pressed meanwhile, or the chat closed.
  if (reader.pressed !== opener || !memory.session) return
  const source = panel.record.speech
    ? messageSource(api, memory.session, message.number)
    : voiceSource(message, languageOf(message))
  const bar = new Bar({ say: voice(words), source, opener, reader })
  reader.end = () => bar.close()
  bar.open()
}
