/**
 * What a screen has at hand, and what the buttons do that are always there.
 */

/** No room for a keyboard on the screen: a telephone, which has its own. */
const NARROW = '(max-width: 700px)'

/**
 * @param {import('./app.js').Kiosk} kiosk
 * @returns {KioskHand}
 */
export function handOf(kiosk) {
  const { say, record, chosen, exchange, draft, reading, talk, root } = kiosk
  const [first] = record.languages
  const language = record.languages.find(({ code }) => code === chosen.code) ?? first
  if (!language) throw new Error('a kiosk speaks at least one language')
  return {
    say,
    record,
    language,
    exchange,
    draft,
    native: matchMedia(NARROW).matches,
    ask: (text, title) => kiosk.ask(text, title ?? text),
    again: () => talk.again(),
    keep: (words) => (kiosk.draft = words),
    go: (view) => kiosk.go(view),
    close: () => kiosk.close(),
    speak: (code) => void kiosk.speak(code),
    microphone: record.listen === 'off' ? null : (field) => kiosk.microphone.beside(field),
    readNumber: record.speech ? (contact) => void reading.number(contact, root) : null,
  }
}

/**
 * @param {import('./app.js').Kiosk} kiosk
 * @returns {KioskDeeds}
 */
export function deedsOf(kiosk) {
  const { look, reading } = kiosk
  return {
    home: () => kiosk.home(),
    readAloud: () => reading.read(kiosk.exchange),
    person: () => kiosk.go('person'),
    end: () => void kiosk.end(),
    listen: () => reading.toggle(kiosk.exchange),
    larger: () => look.larger(),
    contrast: () => look.contrast(),
    lower: () => look.lower(),
  }
}
