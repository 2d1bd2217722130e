/**
 * The buttons that are always there, with what they say right now.
 */

import { button } from './frame.js'

const SCALES = 3
/** Whoever presses twice means it. */
const REPEATS = { 'data-repeats': true }

/**
 * @param {KioskSay} say
 * @param {KioskDeeds} deeds
 * @param {KioskLook} look
 * @param {boolean | null} listening - null where nothing can be spoken
 */
export function toolButtons(say, deeds, look, listening) {
  const largest = look.scale === SCALES
  const tools = [
    toggle('larger', say(largest ? 'normalText' : 'larger'), deeds.larger, null),
    toggle('contrast', say('contrast'), deeds.contrast, look.contrast),
    toggle('lower', say('lower'), deeds.lower, look.low, 'kiosk-button kiosk-tall'),
  ]
  return listening === null
    ? tools
    : [toggle('listen', say('listen'), deeds.listen, listening), ...tools]
}

/**
 * @param {KioskSay} say
 * @param {KioskDeeds} deeds
 * @param {{ speech: boolean, readable: boolean }} can
 */
export function barButtons(say, deeds, { speech, readable }) {
  return [
    button('home', say('back'), deeds.home),
    ...(speech
      ? [
          button('listen', say('read_aloud'), deeds.readAloud, {
            'aria-disabled': String(!readable),
          }),
        ]
      : []),
    button('person', say('person'), deeds.person, {
      class: 'kiosk-button kiosk-button--primary',
    }),
    button('end', say('end'), deeds.end, { class: 'kiosk-button kiosk-button--end' }),
  ]
}

/**
 * @param {KioskSay} say
 * @param {KioskVoice} voice
 */
export function speechButtons(say, voice) {
  if (!voice.open) return []
  const level = say(`volume_${voice.level + 1}`)
  return [
    voice.busy
      ? button('pause', say('pause'), () => voice.pause(), REPEATS)
      : button('play', say('resume'), () => voice.pause(), REPEATS),
    button('again', say('again'), () => voice.again(), REPEATS),
    toggle('slower', say('slower'), () => voice.slower(), voice.slow),
    button('listen', say('volumeIs', { level }), () => voice.louder(), REPEATS),
    button('stop', say('stop'), () => voice.stop()),
  ]
}

/**
 * @param {number} scale
 */
export function nextScale(scale) {
  return (scale % SCALES) + 1
}

/**
 * @param {string} drawing
 * @param {string} words
 * @param {() => void} act
 * @param {boolean | null} pressed - null for what is no switch
 * @param {string} [name] - its class
 */
function toggle(drawing, words, act, pressed, name = 'kiosk-button') {
  const state = pressed === null ? {} : { 'aria-pressed': String(pressed) }
  return button(drawing, words, act, { ...REPEATS, class: name, ...state })
}
