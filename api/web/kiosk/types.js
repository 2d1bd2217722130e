/**
 * The shapes of the kiosk's record (api/schemas_kiosk.py) and of what its parts hand each other.
 * Types only, like core/types.js: no module, so that the names are known in every other file.
 *
 * @typedef {Contact & { qr?: string | null }} KioskContact
 * @typedef {{ id: string, title: string, sign: string }} KioskTile
 *
 * @typedef {object} KioskLanguage
 * @property {string} code
 * @property {string} name
 * @property {'ltr' | 'rtl'} direction
 * @property {string} greeting
 * @property {string} machine
 * @property {string} privacy
 *
 * @typedef {object} KioskWay
 * @property {string} id
 * @property {string} title
 * @property {string} text
 * @property {boolean} available
 * @property {string | null} phone
 * @property {string | null} contact - id
 * @property {string | null} qr
 *
 * @typedef {object} KioskRecord
 * @property {{ id: string, name: string, short: string, genitive: string }} municipality
 * @property {'sv' | 'en'} language
 * @property {string} now - of the server, in Swedish time
 * @property {KioskLanguage[]} languages
 * @property {KioskTile[]} tiles
 * @property {KioskContact[]} contacts
 * @property {{ lines: KioskWay[] }} person
 * @property {{ title: string, qr: string }[]} pages
 * @property {string | null} chat_qr
 * @property {string} emergency
 * @property {boolean} speech
 * @property {boolean} open
 * @property {string | null} closed_message
 * @property {{ text: string }[]} notices
 * @property {'off' | 'browser' | 'whisper'} listen - who hears spoken questions
 * @property {{ message: number, listen_seconds: number }} limits
 * @property {number} idle_seconds
 * @property {number} countdown_seconds
 * @property {string | null} worker_url
 * @property {Record<string, string>} words
 *
 * @typedef {(key: string, values?: Record<string, string | number>) => string} KioskSay
 *
 * @typedef {'start' | 'ask' | 'answer' | 'person' | 'lost' | 'ending'} KioskViewName
 *
 * @typedef {object} KioskScreen - what fills the body
 * @property {string} title
 * @property {(Node | null | false)[]} read - what is to be read
 * @property {(Node | null | false)[]} touch - what is to be touched
 * @property {HTMLElement} [aloud] - where the sentences stand that are read aloud
 * @property {KioskKey} [own] - what is read aloud of a screen that holds no answer
 * @property {HTMLElement} [field] - where one writes
 *
 * @typedef {'idle' | 'start' | 'person'} KioskKey - of what the kiosk says of itself
 *
 * @typedef {import('./exchange.js').Exchange} KioskExchange
 *
 * @typedef {object} KioskHand - what a screen has at hand
 * @property {KioskSay} say
 * @property {KioskRecord} record
 * @property {KioskLanguage} language
 * @property {KioskExchange | null} exchange
 * @property {string} draft
 * @property {boolean} native - the device has a keyboard of its own
 * @property {(text: string, title?: string) => void} ask
 * @property {() => void} again - send what could not be sent
 * @property {(draft: string) => void} keep
 * @property {(view: KioskViewName) => void} go
 * @property {() => void} close - back to where one was
 * @property {(code: string) => void} speak - another language
 * @property {((contact: KioskContact) => void) | null} readNumber - null where nothing is spoken
 * @property {((field: HTMLTextAreaElement) => HTMLElement) | null} microphone - what stands beside
 *     a field to speak into it; null where nobody hears
 *
 * @typedef {object} KioskDeeds - what the buttons do that are always there
 * @property {() => void} home
 * @property {() => void} readAloud
 * @property {() => void} person
 * @property {() => void} end
 * @property {() => void} listen
 * @property {() => void} larger
 * @property {() => void} contrast
 * @property {() => void} lower
 *
 * @typedef {object} KioskLook
 * @property {number} scale - 1 to 3
 * @property {boolean} contrast
 * @property {boolean} low
 *
 * @typedef {import('./voice.js').Voice} KioskVoice
 */
