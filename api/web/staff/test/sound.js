/**
 * Sentences aloud, one after the other. Pressed again it falls silent; what is pressed next takes
 * the place of the last.
 */

const GONE = 'Det går inte att lyssna längre. Spela om samtalet och försök igen.'

/** @type {HTMLAudioElement | null} */
let playing = null

/** What was pressed. @type {HTMLElement | null} */
let from = null

function stop() {
  playing?.pause()
  from?.removeAttribute('data-playing')
  playing = from = null
}

/** @param {HTMLAudioElement} sound */
async function toItsEnd(sound) {
  const ended = new Promise((resolve) => sound.addEventListener('ended', resolve))
  await sound.play()
  await ended
}

/**
 * @param {HTMLElement} pressed
 * @param {HTMLAnchorElement[]} links
 * @param {(text: string) => void} tell
 */
export async function play(pressed, links, tell) {
  const again = pressed === from
  stop()
  if (again) return
  from = pressed
  pressed.setAttribute('data-playing', '')
  tell('')
  for (const link of links) {
    const sound = new Audio(link.href)
    playing = sound
    try {
      await toItsEnd(sound)
    } catch {
      // Something else was pressed meanwhile: then nothing is wrong.
      if (sound === playing) tell(GONE)
    }
    if (sound !== playing) return
  }
  stop()
}
