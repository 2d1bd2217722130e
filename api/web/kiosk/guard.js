/**
 * The screen stands open to everybody: no menus, zooming, dragging, selecting, printing, pasting
 * or dropping of files. This keeps people from mishaps; what keeps them in is the browser's policy.
 */

const NEVER = ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste', 'auxclick']
const PINCH = ['gesturestart', 'gesturechange', 'gestureend']
const FUNCTION = /^F\d+$/
const LETS_SELECT = 'input, textarea'

/** @param {HTMLElement} root */
export function guard(root) {
  for (const type of [...NEVER, ...PINCH]) addEventListener(type, refuse, { capture: true })
  addEventListener('selectstart', (event) => {
    const at = event.target instanceof Node ? event.target : null
    const element = at instanceof Element ? at : at?.parentElement
    if (!element?.closest(LETS_SELECT)) event.preventDefault()
  })
  addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false })
  addEventListener('touchmove', (event) => event.touches.length > 1 && event.preventDefault(), {
    passive: false,
  })
  addEventListener('keydown', (event) => {
    const { ctrlKey, metaKey, altKey, key } = event
    if (ctrlKey || metaKey || altKey || FUNCTION.test(key)) event.preventDefault()
  })
  // A hand that shakes touches twice: the second must not press what has come meanwhile.
  root.addEventListener('click', dropSecond, { capture: true })
}

/** @param {Event} event */
function refuse(event) {
  event.preventDefault()
}

/** @param {MouseEvent} event */
function dropSecond(event) {
  const { target, detail } = event
  if (detail < 2 || !(target instanceof Element) || target.closest('[data-repeats]')) return
  event.preventDefault()
  event.stopPropagation()
}
