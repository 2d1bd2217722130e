/**
 * The keyboard on the screen: simple-keyboard with the letters and figures of its Swedish layout.
 * What a question does not need is left out, so that the keys become large.
 */

import SimpleKeyboard from '../vendor/simple-keyboard/index.modern.esm.js'
import swedish from '../vendor/simple-keyboard/swedish.js'

const WANTED = /^([\p{L}\d,.-]|\{bksp\})$/u
const SHIFT = '{shift}'
const LAST_ROW = '? {space} {enter}'
const CLASS = 'kiosk-keyboard__keys'

const plain = [...swedish.layout.default.slice(0, 4).map(row), LAST_ROW]

/** @param {string} keys */
function row(keys) {
  const letters = keys.split(' ').filter((key) => WANTED.test(key))
  return [...(keys.includes(SHIFT) ? [SHIFT] : []), ...letters].join(' ')
}

/** @param {string} keys */
function upper(keys) {
  return keys.replace(/(?<!\S)\p{L}(?!\S)/gu, (letter) => letter.toUpperCase())
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {KioskSay} say
 * @param {() => void} enter
 */
export function keyboard(field, say, enter) {
  const root = document.createElement('div')
  root.className = CLASS
  const frame = document.createElement('div')
  frame.className = 'kiosk-keyboard'
  frame.setAttribute('role', 'group')
  frame.setAttribute('aria-label', say('keyboard'))
  frame.append(root)
  let shifted = false
  const keys = new SimpleKeyboard(root, {
    layout: { default: plain, shift: plain.map(upper) },
    display: {
      '{bksp}': say('erase_sign'),
      '{space}': say('space'),
      '{shift}': '⇧',
      '{enter}': say('send'),
    },
    buttonAttributes: [{ attribute: 'aria-label', value: say('shift'), buttons: SHIFT }],
    theme: 'hg-theme-default kiosk-keys',
    useButtonTag: true,
    preventMouseDownDefault: true,
    disableButtonHold: true,
    enableLayoutCandidates: false,
    onKeyPress: (/** @type {string} */ key) => press(key),
  })

  /** @param {string} key */
  function press(key) {
    keys.clearInput() // The field alone holds what is written.
    if (key === SHIFT) return shift(!shifted)
    if (key === '{enter}') return enter()
    edit(field, key)
    if (shifted) shift(false)
  }

  /** @param {boolean} on */
  function shift(on) {
    shifted = on
    keys.setOptions({ layoutName: on ? 'shift' : 'default' })
    for (const key of [keys.getButtonElement(SHIFT) ?? []].flat()) {
      key.setAttribute('aria-pressed', String(on))
    }
  }

  // simple-keyboard hears touches; a screen reader and the keys of a keyboard click.
  root.addEventListener('click', (event) => {
    const key = event.target instanceof Element && event.target.closest('button')
    const name = key && key.getAttribute('data-skbtn')
    if (name && event.detail === 0) press(name)
  })
  shift(false)
  return { root: frame, destroy: () => keys.destroy() }
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} key
 */
function edit(field, key) {
  const { selectionStart: from, selectionEnd: to } = field
  if (key === '{bksp}') field.setRangeText('', from === to ? before(field) : from, to, 'end')
  else field.setRangeText(key === '{space}' ? ' ' : key, from, to, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/**
 * Where the character before the cursor begins.
 *
 * @param {HTMLTextAreaElement} field
 */
function before({ value, selectionStart }) {
  const last = [...value.slice(0, selectionStart)].pop() ?? ''
  return selectionStart - last.length
}
