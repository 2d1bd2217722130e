/**
 * Make elements without ever parsing HTML: what comes from elsewhere becomes text, nothing more.
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Value>} [attributes] - a function listens to the event of that name
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value != null) element.setAttribute(name, String(value))
  }
  element.append(...children.filter(isNode))
  return element
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isNode(child) {
  return child != null && child !== false && child !== ''
}

/** @type {Record<string, string>} */
const ICONS = {
  chat: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  close: 'M6 6l12 12M18 6L6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  phone:
    'M5 4h4l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5L15 13.5l5 1.5v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z',
  send: 'M4 12h14M12 6l6 6-6 6',
  listen: 'M4 10v4h3l5 4V6L7 10zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  info: 'M12 11v6M12 7.5v.5M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  alert: 'M12 4l9 16H3zM12 10v4M12 16.8v.4',
  down: 'M6 9l6 6 6-6',
}

/**
 * A decoration: the words beside it say the same.
 *
 * @param {string} name - or a path, of what only one place shows
 * @returns {SVGElement}
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  const path = document.createElementNS(space, 'path')
  svg.setAttribute('class', 'lotsen-icon')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', ICONS[name] ?? name)
  svg.append(path)
  return svg
}

/**
 * @param {string} words
 * @param {Record<string, Value>} [attributes]
 * @param {Child} [sign]
 */
export function button(words, attributes = {}, sign = null) {
  return el('button', { type: 'button', class: 'lotsen-button', ...attributes }, sign, words)
}
