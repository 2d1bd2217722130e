/**
 * The widget's own words. What the assistant says comes from the server.
 */

import { voice } from './text.js'

export const sv = {
  launcher: 'Fråga kommunen',
  newAnswer: 'nytt svar',
  newAnswers: 'nya svar',
  machine: 'Du chattar med en dator',
  menu: 'Meny',
  close: 'Stäng',
  person: 'Prata med en människa',
  ways: 'Fler sätt att nå en människa',
  agent: 'En människa',
  log: 'Samtalet',
  youWrote: 'Du skrev',
  assistantWrote: 'Assistenten svarade',
  agentWrote: '{name} skrev',
  noticeWrote: 'Meddelande',
  masked: 'Personuppgifter är dolda.',
  suggestions: 'Du kan till exempel fråga',
  quickReplies: 'Förslag',
  typing: 'Skriver …',
  sending: 'Skickar …',
  label: 'Skriv din fråga',
  hint: 'Skriv inga personnummer eller namn.',
  keys: 'Enter skickar. Skift och Enter ger en ny rad.',
  send: 'Skicka',
  left: '{n} tecken kvar',
  tooMany: '{n} tecken för mycket',
  shorten: 'Korta ner frågan: {n} tecken för mycket.',
  about: 'Så fungerar assistenten och det som sparas',
  phone: 'Ring {number}',
  visit: 'Besök: {address}',
  hours: 'Telefontider: {hours}',
  helped: 'Hjälpte svaret?',
  yes: 'Ja',
  no: 'Nej',
  thanks: 'Tack, det hjälper oss.',
  whatMissing: 'Vad saknades? (frivilligt)',
  feedbackLost: 'Det gick inte att spara. Försök igen.',
  listen: 'Lyssna',
  leave: 'Lämna sidan snabbt',
  leaveHint: 'Tar dig genast till en sida om vädret. Samtalet försvinner från den här fliken.',
  notSent: 'Inte skickat',
  tryingAgain: 'Inte skickat än. Försöker igen …',
  sendAgain: 'Skicka igen',
  unreachable: 'Assistenten går inte att nå just nu.',
  callInstead: 'Du kan ringa kommunen i stället:',
  callSwitchboard: 'Ring kommunens växel om det är bråttom.',
  tryAgain: 'Försök igen',
  back: 'Tillbaka till samtalet',
  textSize: 'Textstorlek',
  size1: 'Normal',
  size2: 'Större',
  size3: 'Störst',
  easy: 'Lätt svenska',
  easyHint: 'Kortare svar med enklare ord',
  language: 'Språk',
  ownLanguage: 'Samma som du skriver på',
  copy: 'Kopiera samtalet',
  copied: 'Samtalet är kopierat.',
  saved: 'Samtalet är sparat som en textfil.',
  print: 'Skriv ut samtalet',
  nothingYet: 'Det finns inget samtal än.',
  startOver: 'Börja om',
  startOverAsk: 'Vill du börja ett nytt samtal?',
  startOverHint:
    'Det gamla försvinner härifrån men finns kvar hos kommunen i högst {n} dagar. Vill du ta bort det nu, välj Radera i stället.',
  startOverYes: 'Börja ett nytt samtal',
  startedOver: 'Ett nytt samtal har börjat.',
  erase: 'Radera mitt samtal',
  eraseAsk: 'Vill du radera samtalet?',
  eraseHint: 'Det tas bort nu, både här och hos kommunen. Det går inte att ångra.',
  eraseYes: 'Radera',
  erased: 'Samtalet är raderat.',
  eraseLost: 'Samtalet kunde inte raderas, för servern går inte att nå. Försök igen om en stund.',
  ended: 'Samtalet har tagits bort. Du kan börja ett nytt.',
  settingLost: 'Det gick inte att spara valet. Försök igen.',
}

// Whoever chooses one of these more likely reads Swedish than English.
const NORDIC = /^(sv|fi|no|nb|nn|da|se|sma|smj|fit)\b/

/**
 * @param {string | null} language
 * @returns {'sv' | 'en'} the language of the widget's own words
 */
export function ownLanguage(language) {
  return !language || NORDIC.test(language) ? 'sv' : 'en'
}

/**
 * @param {'sv' | 'en'} language
 * @returns {Promise<Say>}
 */
export async function speaking(language) {
  return voice(language === 'en' ? await english() : sv)
}

/** @returns {Promise<Words>} */
async function english() {
  try {
    return (await import('./strings.en.js')).en
  } catch {
    return sv // The server is lost: better the other language than none.
  }
}
