/**
 * All that is loaded once somebody wants a person begins here.
 */

import { styled } from '../../core/style.js'
import { voice } from '../../core/text.js'
import { Handoff } from './handoff.js'
import { sv } from './strings.js'

const STYLE = 'assets/components/handoff/handoff.css'

/** @param {Help} help */
export async function start(help) {
  const english = help.setup.conversation.api.language() === 'en'
  const words = english ? (await import('./strings.en.js')).en : sv
  await styled(help.root, help.setup.settings.server + STYLE)
  return new Handoff(help, voice(words))
}
