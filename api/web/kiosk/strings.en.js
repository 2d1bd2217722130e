/**
 * The same words in English.
 */

/** @type {typeof import('./strings.js').sv} */
export const en = {
  up: 'Up',
  down: 'Down',
  normalText: 'Normal text',
  clearField: 'Delete all',
  choose: 'Touch what you mean',
  masked: 'Personal data is hidden.',
  hours: 'Phone hours: {hours}',
  visit: 'Visit: {address}',
  email: 'E-mail: {email}',
  volumeIs: 'Volume: {level}',
  lostQuestion: 'Your question is kept, and is sent by itself when the screen is back: {question}',
  youAsked: 'You asked: {question}',
  settings: 'Settings',
  speech: 'Reading aloud',
  always: 'Always here',
}
