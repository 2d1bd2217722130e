/**
 * Shortcuts, all with Alt: single letters would get in the way of speech input and of writing,
 * and Ctrl and Alt together is what types @ on a Swedish keyboard.
 */

/** @typedef {'next' | 'previous' | 'queue' | 'take' | 'reply' | 'canned'} Shortcut */

/** @type {{ code: string, name: Shortcut, shown: string, does: string }[]} */
export const SHORTCUTS = [
  { code: 'ArrowDown', name: 'next', shown: 'Alt + ↓', does: 'Nästa av mina samtal' },
  { code: 'ArrowUp', name: 'previous', shown: 'Alt + ↑', does: 'Förra av mina samtal' },
  { code: 'KeyK', name: 'queue', shown: 'Alt + K', does: 'Till kön' },
  {
    code: 'KeyT',
    name: 'take',
    shown: 'Alt + T',
    does: 'Ta det samtal som visas, annars det som har väntat längst',
  },
  { code: 'KeyS', name: 'reply', shown: 'Alt + S', does: 'Till svarsfältet' },
  { code: 'KeyF', name: 'canned', shown: 'Alt + F', does: 'Färdiga svar' },
]

/** @param {(name: Shortcut) => void} pressed */
export function listenToKeys(pressed) {
  document.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    // An open dialog is to be answered first, and Alt with an arrow opens a list of choices.
    if (document.querySelector('dialog[open]') || event.target instanceof HTMLSelectElement) return
    const found = SHORTCUTS.find(({ code }) => code === event.code)
    if (!found) return
    event.preventDefault()
    pressed(found.name)
  })
}
