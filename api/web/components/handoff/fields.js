/**
 * Fields that say themselves what is wrong with them. What was written stays whatever happens.
 */

import { el } from '../../core/dom.js'

/**
 * A line or some lines of text.
 *
 * @param {Hand} hand
 * @param {string} name - as the server calls it
 * @param {TextSetup} setup
 * @returns {Field}
 */
export function text({ say, drafts }, name, { label, hint, missing, limit, rows, wrong, more }) {
  const id = `lotsen-field-${name}`
  const input = el(rows ? 'textarea' : 'input', {
    id,
    name,
    rows,
    class: 'lotsen-field__input',
    required: Boolean(missing),
    'aria-describedby': `${id}-hint ${id}-error`,
    input: () => (drafts[name] = input.value),
    ...more,
  })
  input.value = drafts[name] ?? ''
  const value = () => input.value.trim()
  const over = () => [...value()].length - limit
  const label_ = el('label', { for: id }, label)
  return field(
    say,
    name,
    input,
    [label_, hint && el('p', { id: `${id}-hint` }, hint)],
    value,
    () => {
      if (!value()) return missing ?? ''
      return over() > 0 ? say('tooLong', { n: over() }) : (wrong?.(value()) ?? '')
    },
  )
}

/**
 * One of several.
 *
 * @param {Hand} hand
 * @param {string} name
 * @param {{ label: string, missing: string, choices: { id: string, title: string }[] }} setup
 * @returns {Field}
 */
export function choice({ say, drafts }, name, { label, missing, choices }) {
  const inputs = choices.map(({ id }) =>
    el('input', {
      type: 'radio',
      name: `lotsen-field-${name}`,
      value: id,
      checked: drafts[name] === id,
      required: true,
      change: () => (drafts[name] = id),
    }),
  )
  const labels = choices.map(({ title }, at) => el('label', {}, inputs[at], el('span', {}, title)))
  const group = el('div', { class: 'lotsen-field__choices' }, ...labels)
  const value = () => inputs.find(({ checked }) => checked)?.value ?? ''
  const first = inputs[0] ?? el('input')
  const legend = el('legend', {}, label)
  return field(say, name, first, [legend], value, () => (value() ? '' : missing), group)
}

/**
 * A box that is never ticked beforehand.
 *
 * @param {Hand} hand
 * @param {string} label
 * @returns {Field}
 */
export function consent({ say }, label) {
  const id = 'lotsen-field-consent'
  const box = el('input', { type: 'checkbox', required: true, 'aria-describedby': `${id}-error` })
  const choices = el('div', { class: 'lotsen-field__choices' })
  choices.append(el('label', {}, box, el('span', {}, label)))
  const value = () => (box.checked ? 'yes' : '')
  const missing = () => (box.checked ? '' : say('consentMissing'))
  return field(say, 'consent', box, [], value, missing, choices)
}

/**
 * @param {HandoffSay} say
 * @param {string} name
 * @param {HTMLInputElement | HTMLTextAreaElement} input - that gets the focus
 * @param {Child[]} head
 * @param {() => string} value
 * @param {() => string} problem - nothing when all is well
 * @param {HTMLElement} [body] - around the input
 * @returns {Field}
 */
function field(say, name, input, head, value, problem, body = input) {
  const error = el('p', {
    class: 'lotsen-field__error',
    id: `lotsen-field-${name}-error`,
    hidden: true,
  })
  const several = input.getAttribute('type') === 'radio'
  const root = several
    ? el('fieldset', { class: 'lotsen-field' }, ...head, error, body)
    : el('div', { class: 'lotsen-field' }, ...head, error, body)
  if (several) root.setAttribute('aria-describedby', error.id)

  /** @param {string} words */
  function fail(words) {
    error.hidden = !words
    error.textContent = words && say('wrong', { words })
    if (words) input.setAttribute('aria-invalid', 'true')
    else input.removeAttribute('aria-invalid')
  }
  // Once told, it is told no longer than it holds.
  root.addEventListener('input', () => error.hidden || fail(problem()))
  return {
    root,
    name,
    value,
    fail,
    focus: () => input.focus(),
    check() {
      fail(problem())
      return !error.textContent
    },
  }
}
