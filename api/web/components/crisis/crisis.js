/**
 * Somebody may be in danger: 112 as a button before all else, and a quick way out where somebody
 * may be looking over the shoulder. The other numbers are links where the card says whose they are.
 */

import { button, el, icon } from '../../core/dom.js'

const ELSEWHERE = 'https://www.smhi.se/'
const EMERGENCY = 'tel:112'
const OVERLOOKED = /^common\.crisis\.violence/

/**
 * @param {MessageView} message
 * @param {Say} say
 */
export function emergencyCall({ links }, say) {
  const call = links.find(({ href }) => href === EMERGENCY)
  if (!call) return null
  const words = say('phone', { number: call.text })
  return el('a', { class: 'lotsen-call', href: EMERGENCY }, icon('phone'), words)
}

/**
 * @param {MessageView} message
 * @param {Say} say
 * @param {() => void} forget - whatever the browser remembers of the conversation
 * @returns {HTMLElement[]} the button and its hint
 */
export function quickExit({ answer }, say, forget) {
  if (!OVERLOOKED.test(answer ?? '')) return []
  return [
    button(say('leave'), { click: () => leave(forget) }),
    el('p', { class: 'lotsen-message__note' }, say('leaveHint')),
  ]
}

/** @param {() => void} forget */
function leave(forget) {
  // Blank at once: the other page may take its time.
  document.documentElement.style.setProperty('display', 'none', 'important')
  document.title = ''
  forget()
  // The address is replaced, so that "back" does not lead here.
  location.replace(ELSEWHERE)
}
