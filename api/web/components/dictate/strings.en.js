/** @type {typeof import('./strings.js').sv} */
export const en = {
  speak: 'Speak your question',
  stop: 'Stop listening',
  begin: 'Start speaking',
  cancel: 'Cancel',
  whereLocal: 'Your browser turns what you say into text. The sound does not leave your device.',
  whereBrowser:
    'The sound is sent to the company behind your browser, which turns it into text. The municipality gets only the text.',
  whereServer:
    'The sound is sent to the server of this service, which turns it into text. The sound is not stored.',
  secret: 'Say no personal identity numbers or names.',
  asking: 'Waiting for the microphone …',
  listening: 'I am listening. Speak now, and then press Stop listening.',
  working: 'Turning the sound into text …',
  done: 'What you said is in the field. Read it and change what is wrong. Nothing has been sent.',
  timeUp: 'The time is up. You can speak for at most {seconds} seconds at a time.',
  noMicrophone: 'No microphone can be found. Write your question instead.',
  refused:
    'The microphone is not allowed. Allow it in the settings of the browser, or write your question.',
  nothing: 'I heard nothing. Try again, or write your question.',
  away: 'The sound could not be turned into text. Try again, or write your question.',
}
