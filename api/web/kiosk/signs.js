/**
 * Drawings beside words, which say the same.
 */

/** @type {Record<string, string>} */
const PATHS = {
  // Beside questions; api/schemas_kiosk.py names them.
  apply: 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h5',
  calendar: 'M4 6h16v15H4zM4 11h16M8 3v5M16 3v5M9 15h2M14 15h2',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l4 2',
  difference: 'M8 4v16M16 4v16M8 4l-4 4M8 4l4 4M16 20l-4-4M16 20l4-4',
  help: 'M12 20s-8-5-8-11a4.5 4.5 0 0 1 8-2.8A4.5 4.5 0 0 1 20 9c0 6-8 11-8 11z',
  law: 'M12 3v18M7 21h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1',
  money: 'M3 6h18v12H3zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM6 12h.1M18 12h.1',
  people:
    'M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 20a6 6 0 0 1 12 0M16 6a3 3 0 0 1 0 5M18 14a6 6 0 0 1 3 6',
  place:
    'M12 21s-7-6-7-11a7 7 0 0 1 14 0c0 5-7 11-7 11zM12 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  // On buttons.
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  listen: 'M4 10v4h3l5 4V6L7 10zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21a8 8 0 0 1 16 0',
  end: 'M6 6l12 12M18 6L6 18',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 5l12 7-12 7z',
  again: 'M5 12a7 7 0 1 0 2.5-5.4M8 3L7 7l4 1',
  slower: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 12l-4-3M12 12h3',
  stop: 'M7 7h10v10H7z',
  larger: 'M3 18L8 6l5 12M5 14h6M16 18l3-8 3 8M17 15h4',
  contrast: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 3v18M14 5v14M16 6v12M18 8v8',
  lower: 'M12 4v12M6 11l6 6 6-6M5 21h14',
  keyboard: 'M3 6h18v12H3zM7 10h.1M11 10h.1M15 10h.1M18 10h.1M8 14h8',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  send: 'M4 12h14M12 6l6 6-6 6',
  alert: 'M12 4l9 16H3zM12 10v4M12 16.8v.4',
}
const SPACE = 'http://www.w3.org/2000/svg'

/**
 * @param {string} name - an unknown one gets the drawing for help
 * @returns {SVGElement}
 */
export function sign(name) {
  const svg = document.createElementNS(SPACE, 'svg')
  const path = document.createElementNS(SPACE, 'path')
  svg.setAttribute('class', 'kiosk-sign')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', PATHS[name] ?? PATHS['help'] ?? '')
  svg.append(path)
  return svg
}
