/**
 * The menu: how the chat is shown, and what can be done with the conversation.
 */

import { button, el } from '../../core/dom.js'

const SCALES = /** @type {const} */ ([
  [1, 'size1'],
  [1.25, 'size2'],
  [1.5, 'size3'],
])

const PRIMARY = 'lotsen-button lotsen-button--primary'

export class Tools {
  /** @type {{ open: (asking: boolean) => void }[]} */
  #asked = []

  /** @param {ToolsSetup} setup */
  constructor(setup) {
    this.setup = setup
    this.status = el('p', { class: 'lotsen-tools__status' })
    this.box = this.#box()
    this.parts = [
      this.#sizes(),
      this.#easy(),
      this.#languages(),
      this.#actions(),
      this.status,
    ].filter((part) => part !== null)
  }

  /** As it is when it is opened: nothing told, nothing asked. */
  rest() {
    this.status.textContent = ''
    for (const question of this.#asked) question.open(false)
  }

  /**
   * How what was chosen went.
   *
   * @param {string} text
   */
  tell(text) {
    this.status.textContent = text
    this.setup.announce(text)
  }

  /** @param {boolean} easy - as the conversation has it */
  showEasy(easy) {
    this.box.checked = easy
  }

  #sizes() {
    const { say, view, scale } = this.setup
    const choices = SCALES.map(([size, name]) =>
      el(
        'label',
        { class: 'lotsen-size' },
        el('input', {
          type: 'radio',
          name: 'lotsen-size',
          checked: view.scale === size,
          change: () => scale(size),
        }),
        el('span', {}, say(name)),
      ),
    )
    return el(
      'fieldset',
      { class: 'lotsen-tools__sizes' },
      el('legend', {}, say('textSize')),
      el('div', { class: 'lotsen-tools__choices' }, ...choices),
    )
  }

  #box() {
    const { view, easy } = this.setup
    const box = el('input', {
      type: 'checkbox',
      role: 'switch',
      class: 'lotsen-switch',
      checked: view.easy,
      'aria-describedby': 'lotsen-easy-hint',
      // What could not be saved is not shown as chosen.
      change: () => void easy(box.checked).catch(() => (box.checked = !box.checked)),
    })
    return box
  }

  #easy() {
    const { say } = this.setup
    return el(
      'div',
      { class: 'lotsen-tools__easy' },
      el('label', {}, this.box, el('span', {}, say('easy'))),
      el('p', { class: 'lotsen-tools__hint', id: 'lotsen-easy-hint' }, say('easyHint')),
    )
  }

  #languages() {
    const { say, view, languages, language } = this.setup
    if (languages.length < 2) return null
    const choices = [{ code: '', name: say('ownLanguage') }, ...languages].map(({ code, name }) =>
      el(
        'option',
        { value: code, lang: code || null, selected: code === (view.language ?? '') },
        name,
      ),
    )
    const select = el(
      'select',
      { id: 'lotsen-language', change: () => void language(select.value || null).catch(back) },
      ...choices,
    )
    const back = () => (select.value = view.language ?? '')
    return el(
      'div',
      { class: 'lotsen-tools__language' },
      el('label', { for: 'lotsen-language' }, say('language')),
      select,
    )
  }

  #actions() {
    const { say, about, days, copy, print, startOver, erase } = this.setup
    const over = asked(
      say('startOver'),
      say('startOverAsk'),
      days ? say('startOverHint', { n: days }) : '',
      button(say('startOverYes'), { class: PRIMARY, click: startOver }),
    )
    const gone = asked(
      say('erase'),
      say('eraseAsk'),
      say('eraseHint'),
      button(say('eraseYes'), { class: PRIMARY, click: () => void erase() }),
    )
    this.#asked = [over, gone]
    return el(
      'ul',
      { class: 'lotsen-tools__actions', role: 'list' },
      el('li', {}, button(say('copy'), { click: () => void copy() })),
      el('li', {}, button(say('print'), { click: () => void print() })),
      el('li', {}, over.root),
      el('li', {}, gone.root),
      about &&
        el('li', {}, el('a', { href: about, target: '_blank', rel: 'noopener' }, say('about'))),
    )
  }
}

/**
 * What can't be undone takes two presses, with the consequence between them.
 *
 * @param {string} words
 * @param {string} question
 * @param {string} hint
 * @param {HTMLButtonElement} act
 */
function asked(words, question, hint, act) {
  const title = el('p', { class: 'lotsen-confirm__question' }, question)
  const box = el('div', { class: 'lotsen-confirm', hidden: true }, title, el('p', {}, hint), act)
  const first = button(words, {
    'aria-expanded': 'false',
    click: () => open(first.ariaExpanded === 'false'),
  })
  /** @param {boolean} asking */
  function open(asking) {
    box.hidden = !asking
    first.ariaExpanded = String(asking)
    box.scrollIntoView({ block: 'nearest' })
  }
  return { root: el('div', {}, first, box), open }
}
