/**
 * The microphone of the widget: below the field, where the municipality's service listens.
 */

import { el } from '../../core/dom.js'
import { voice } from '../../core/text.js'
import { dictation } from './dictate.js'
import { heard } from './requests.js'
import { sv } from './strings.js'

const STYLE = 'assets/components/dictate/dictate.css'

/** @param {Panel} panel */
export async function mount({ composer, record, setup, announcer }) {
  const { api } = setup.conversation
  const english = api.language() === 'en'
  const words = english ? (await import('./strings.en.js')).en : sv
  if (composer.root.querySelector('.lotsen-dictate') || record.listen === 'off') return
  const root = dictation({
    mode: record.listen,
    field: composer.input,
    language: api.language(),
    seconds: record.limits.listen_seconds,
    say: voice(words),
    announce: (text) => announcer.sayOnly(text),
    hear: async (sound) => heard(api, await setup.conversation.session(), sound),
  })
  if (!root) return
  const style = el('link', { rel: 'stylesheet', href: setup.settings.server + STYLE })
  root.hidden = true
  const show = () => (root.hidden = false)
  style.addEventListener('load', show)
  style.addEventListener('error', show) // Bare, but it works.
  composer.root.querySelector('.lotsen-composer__row')?.after(style, root)
}
