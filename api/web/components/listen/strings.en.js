/** Loaded only where they are needed. */

/** @type {ListenWords} */
export const en = {
  bar: 'Reading aloud',
  listen: 'Listen',
  pause: 'Pause',
  resume: 'Continue',
  again: 'Once more',
  slower: 'Slower',
  volume: 'Volume',
  stop: 'Stop',
  loading: 'Getting the sound …',
  sentence: 'Sentence {index} of {total}',
  paused: 'Paused',
  ended: 'That was all.',
  listenLost: 'The answer could not be read aloud. Try again in a while.',
  listenBlocked: 'The browser stopped the sound. Press Continue.',
}
