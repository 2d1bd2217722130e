/**
 * Did the answer help? One press is enough; words are asked for only after a no.
 */

import { button, el } from '../../core/dom.js'

const LONGEST = 500

/** @param {FeedbackSetup} setup */
export function feedback(setup) {
  const { say, number, given } = setup
  const id = `lotsen-helped-${number}`
  const yes = choice(say('yes'), id, given === true)
  const no = choice(say('no'), id, given === false)
  const root = el(
    'div',
    { class: 'lotsen-feedback', role: 'group', 'aria-labelledby': id },
    el('span', { class: 'lotsen-feedback__question', id }, say('helped')),
    yes,
    no,
  )
  yes.addEventListener('click', () => void answer(true))
  no.addEventListener('click', () => void answer(false))

  /** @param {boolean} helped */
  async function answer(helped) {
    const done = await tell(setup, helped)
    if (!done) return
    yes.setAttribute('aria-pressed', String(helped))
    no.setAttribute('aria-pressed', String(!helped))
    root.querySelector('.lotsen-feedback__words')?.remove()
    if (helped) return
    const form = wordsForm(setup)
    root.append(form)
    form.scrollIntoView({ block: 'nearest' })
  }
  return root
}

/**
 * @param {string} words
 * @param {string} question
 * @param {boolean} pressed
 */
function choice(words, question, pressed) {
  return button(words, {
    class: 'lotsen-button lotsen-button--quiet',
    'aria-pressed': String(pressed),
    'aria-describedby': question,
  })
}

/** @param {FeedbackSetup} setup */
function wordsForm(setup) {
  const { say, number } = setup
  const id = `lotsen-words-${number}`
  const hint = `${id}-hint`
  const words = el('textarea', { id, rows: 2, maxlength: LONGEST, 'aria-describedby': hint })
  const form = el(
    'form',
    { class: 'lotsen-feedback__words' },
    el('label', { for: id }, say('whatMissing')),
    el('p', { id: hint }, say('hint')),
    words,
    el('button', { class: 'lotsen-button' }, say('send')),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })

  async function send() {
    const text = words.value.trim()
    if (text && !(await tell(setup, false, text))) return
    const thanks = el('p', { class: 'lotsen-feedback__thanks', tabindex: -1 }, say('thanks'))
    form.replaceWith(thanks)
    thanks.focus() // The pressed button is gone: focus must not fall out of the chat.
  }
  return form
}

/**
 * @param {FeedbackSetup} setup
 * @param {boolean} helped
 * @param {string} [words]
 */
async function tell({ give, announce, say }, helped, words) {
  try {
    await give(helped, words)
    announce(say('thanks'))
    return true
  } catch {
    announce(say('feedbackLost'))
    return false
  }
}
