/**
 * The words of reading aloud, loaded when it begins.
 */

export const sv = {
  bar: 'Uppläsning',
  listen: 'Lyssna',
  pause: 'Pausa',
  resume: 'Fortsätt',
  again: 'Om igen',
  slower: 'Långsammare',
  volume: 'Volym',
  stop: 'Stopp',
  loading: 'Hämtar ljudet …',
  sentence: 'Mening {index} av {total}',
  paused: 'Pausad',
  ended: 'Uppläsningen är klar.',
  listenLost: 'Det gick inte att läsa upp svaret. Försök igen om en stund.',
  listenBlocked: 'Webbläsaren stoppade ljudet. Tryck på Fortsätt.',
}
