/**
 * To be called: written, read back with what it is for, and only then stored.
 */

import { el } from '../../core/dom.js'
import { newKey } from '../../core/outbox.js'
import { choice, consent, text } from './fields.js'
import { Form } from './form.js'
import { receipt } from './receipt.js'
import { book, readTimes } from './requests.js'

const FIELDS = ['name', 'phone', 'about', 'time']
const LONGEST = { name: 80, phone: 40, about: 300 }

/**
 * @param {Hand} hand
 * @param {RouteView} route
 */
export async function callbackForm(hand, { title }) {
  const { say, conversation, municipality } = hand
  const told = await readTimes(conversation.api, municipality)
  if (!told.open || !told.times.length) {
    return new Form(hand, {
      title,
      before: [el('p', {}, say('noTimes'))],
      fields: [],
      act: say('otherWays'),
      send: async () => hand.back(),
    })
  }
  /** @type {Form} */
  const form = new Form(hand, {
    title,
    fields: fields(hand, told),
    act: say('review'),
    send: async () => hand.enter(reviewed(hand, title, told, form)),
  })
  return form
}

/**
 * @param {Hand} hand
 * @param {CallbackTimes} told
 */
function fields(hand, { times }) {
  const { say } = hand
  return [
    text(hand, 'name', {
      label: say('name'),
      missing: say('nameMissing'),
      limit: LONGEST.name,
      more: { autocomplete: 'name' },
    }),
    text(hand, 'phone', {
      label: say('phone'),
      hint: say('phoneHint'),
      missing: say('phoneMissing'),
      limit: LONGEST.phone,
      more: { type: 'tel', autocomplete: 'tel' },
    }),
    text(hand, 'about', {
      label: say('about'),
      hint: say('noNumbers'),
      missing: say('aboutMissing'),
      limit: LONGEST.about,
      rows: 3,
    }),
    choice(hand, 'time', { label: say('time'), missing: say('timeMissing'), choices: times }),
  ]
}

/**
 * The same key for the same words: what was stored without our hearing of it is not stored twice.
 *
 * @param {Hand} hand
 * @param {string} title
 * @param {CallbackTimes} told
 * @param {Form} form
 */
function reviewed(hand, title, { purpose, times }, form) {
  const { say, conversation, municipality, drafts } = hand
  const [name = '', phone = '', about = '', time = ''] = form.fields.map(({ value }) => value())
  const said = JSON.stringify([name, phone, about, time])
  if (drafts['said'] !== said) Object.assign(drafts, { said, key: newKey() })
  const when = times.find(({ id }) => id === time)?.title ?? ''
  const back = () => hand.enter(form)
  const review = new Form(hand, {
    title: say('reviewTitle'),
    before: [
      el(
        'dl',
        { class: 'lotsen-review' },
        ...row(say('rowName'), name),
        ...row(say('rowPhone'), phone),
        ...row(say('rowAbout'), about),
        ...row(say('rowTime'), when),
      ),
      el('p', {}, purpose),
    ],
    fields: [consent(hand, say('consentCall'))],
    act: say('book'),
    change: back,
    async send() {
      const id = conversation.memory.session?.id
      const wish = { name, phone, about, time, consent: true, key: drafts['key'] ?? newKey() }
      hand.sending()
      const asked = await book(conversation.api, municipality, { ...wish, conversation_id: id })
      for (const field of [...FIELDS, 'said', 'key']) delete drafts[field]
      conversation.memory.keep({ callback: { receipt: asked.receipt, secret: asked.secret } })
      hand.enter(receipt(hand, title, asked))
    },
  })
  const refuse = review.refuse.bind(review)
  review.refuse = (fault) => {
    if (!FIELDS.includes(fault.field)) return refuse(fault)
    back()
    form.refuse(fault)
  }
  return review
}

/**
 * @param {string} term
 * @param {string} words
 */
function row(term, words) {
  return words ? [el('dt', {}, term), el('dd', { dir: 'auto' }, words)] : []
}
