/**
 * A mail to the unit, with the conversation in it.
 */

import { el } from '../../core/dom.js'
import { newKey } from '../../core/outbox.js'
import { notice } from '../notice/notice.js'
import { consent, text } from './fields.js'
import { Form } from './form.js'
import { mail } from './requests.js'

const LONGEST_ADDRESS = 254
const LONGEST = 1000

/**
 * @param {Hand} hand
 * @param {RouteView} route
 */
export function mailForm(hand, { title, text: where }) {
  const { say, conversation, drafts } = hand
  const reply = text(hand, 'reply_to', {
    label: say('replyTo'),
    missing: say('replyMissing'),
    limit: LONGEST_ADDRESS,
    wrong: (address) => (/^\S+@\S+\.\S+$/.test(address) ? '' : say('replyWrong')),
    more: { type: 'email', autocomplete: 'email' },
  })
  const about = text(hand, 'about', {
    label: say('mailAbout'),
    hint: say('noNumbers'),
    missing: say('aboutMissing'),
    limit: LONGEST,
    rows: 5,
  })
  const agreed = consent(hand, say('consentMail'))
  const key = newKey()
  return new Form(hand, {
    title,
    before: [el('p', {}, `${where} ${say('mailPurpose')}`)],
    fields: [reply, about, agreed],
    act: say('mail'),
    async send() {
      const wish = { reply_to: reply.value(), about: about.value(), consent: true, key }
      hand.sending()
      const told = await mail(conversation.api, await conversation.session(), wish)
      delete drafts['reply_to']
      delete drafts['about']
      hand.tell(title, notice('info', el('p', {}, told.text), number(hand, told.receipt)))
    },
  })
}

/**
 * @param {Hand} hand
 * @param {string} receipt
 */
export function number({ say }, receipt) {
  return el('p', { class: 'lotsen-receipt' }, say('receipt', { receipt }))
}
