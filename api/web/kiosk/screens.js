/**
 * Which screen is shown.
 */

import { answerScreen } from './answer.js'
import { askScreen } from './ask.js'
import { awayScreen } from './away.js'
import { personScreen } from './person.js'
import { startScreen } from './start.js'

/**
 * @param {KioskViewName} view
 * @param {KioskHand} hand
 * @param {string} unsent - the question that waits for the server
 * @returns {KioskScreen}
 */
export function screenOf(view, hand, unsent) {
  switch (view) {
    case 'lost':
      return awayScreen(hand, unsent)
    case 'ending':
      return { title: hand.say('ending'), read: [], touch: [] }
    case 'person':
      return personScreen(hand)
    case 'ask':
      return askScreen(hand)
    default:
      return view === 'answer' && hand.exchange
        ? answerScreen(hand, hand.exchange)
        : startScreen(hand)
  }
}
