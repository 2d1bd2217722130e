/**
 * What the page that embeds the chat says about it, and what its municipality's record adds.
 */

const COLOUR = /^#[0-9a-f]{3,8}$/i

/**
 * @param {HTMLElement} element
 */
export function readSettings(element) {
  const { municipality = '', language, server, phone = '', label = '' } = element.dataset
  const own = new URL('../../../', import.meta.url).href
  return {
    municipality,
    language: language || document.documentElement.lang || 'sv',
    server: server ? `${server.replace(/\/+$/, '')}/` : own,
    phone,
    label,
    page: element.getAttribute('mode') === 'page',
  }
}

/**
 * Give the element the municipality's colours, which were checked for contrast when the server
 * started; anything that is no plain colour is left out. The style sheet chooses between the
 * light and the dark ones.
 *
 * @param {HTMLElement} element
 * @param {MunicipalityRecord} record
 */
export function paint(element, { colours, colours_dark }) {
  for (const [sort, palette] of /** @type {const} */ ([
    ['light', colours],
    ['dark', colours_dark],
  ])) {
    for (const [name, colour] of Object.entries(palette)) {
      if (!COLOUR.test(colour)) continue
      element.style.setProperty(`--lotsen-${sort}-${name.replaceAll('_', '-')}`, colour)
    }
  }
}

/**
 * A full address for one that the server gave, which must be its own or https.
 *
 * @param {string | null} path
 * @param {string} server
 */
export function address(path, server) {
  if (!path) return null
  const { href, protocol, origin } = new URL(path, server)
  return protocol === 'https:' || origin === new URL(server).origin ? href : null
}
