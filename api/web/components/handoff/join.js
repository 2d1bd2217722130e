/**
 * Into the queue. What it is about may be left out.
 */

import { Form } from './form.js'
import { text } from './fields.js'
import { join } from './requests.js'

const LONGEST = 200

/**
 * @param {Hand} hand
 * @param {RouteView} route
 */
export function joinForm(hand, { title }) {
  const { say, conversation } = hand
  const subject = text(hand, 'subject', {
    label: say('subject'),
    hint: say('subjectHint'),
    limit: LONGEST,
    more: { autocomplete: 'off' },
  })
  return new Form(hand, {
    title,
    fields: [subject],
    act: say('join'),
    async send() {
      const session = await conversation.session()
      const view = await join(conversation.api, session, subject.value())
      delete hand.drafts['subject']
      conversation.standing.heed(view)
      hand.done()
    },
  })
}
