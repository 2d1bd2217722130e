/**
 * Times as people at the desk read them. Pure functions; the clock of the municipality is meant,
 * wherever the computer stands.
 */

const ZONE = 'Europe/Stockholm'
const MINUTE_MS = 60_000
const HALF_HOUR = 30
const DAY_MINUTES = 24 * 60

const WALL = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})
const LANGUAGES = new Intl.DisplayNames(['sv'], { type: 'language' })

/**
 * @param {number} seconds
 */
export function ticking(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const last = String(whole % 60).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${last}` : `${minutes}:${last}`
}

/**
 * The same for those who hear it, where seconds only disturb.
 *
 * @param {number} seconds
 */
export function inWords(seconds) {
  const minutes = Math.floor(Math.max(0, seconds) / 60)
  const hours = Math.floor(minutes / 60)
  if (!minutes) return 'mindre än en minut'
  if (!hours) return minutes === 1 ? 'en minut' : `${minutes} minuter`
  return `${hours === 1 ? 'en timme' : `${hours} timmar`} och ${minutes % 60} minuter`
}

/**
 * @param {string} moment
 * @returns {string} for example 09.30
 */
export function clock(moment) {
  return wall(new Date(moment)).slice(11).replace(':', '.')
}

/**
 * @param {string} moment
 * @returns {string} for example 2026-11-22 09.30
 */
export function dayAndClock(moment) {
  return wall(new Date(moment)).replace(':', '.')
}

/**
 * The half hours that are left of the day, as values and as words.
 *
 * @param {string} now
 */
export function halfHoursLeft(now) {
  const [hours = 0, minutes = 0] = wall(new Date(now)).slice(11).split(':').map(Number)
  const first = Math.ceil((hours * 60 + minutes + 1) / HALF_HOUR) * HALF_HOUR
  const left = []
  for (let at = first; at < DAY_MINUTES; at += HALF_HOUR) {
    const [hour, minute] = [Math.floor(at / 60), at % 60].map((n) => String(n).padStart(2, '0'))
    left.push({ value: `${hour}:${minute}`, words: `${hour}.${minute}` })
  }
  return left
}

/**
 * A time of this day, as the API takes it.
 *
 * @param {string} now
 * @param {string} time - 16:30
 */
export function todayAt(now, time) {
  const [day] = wall(new Date(now)).split(' ')
  const guess = Date.parse(`${day}T${time}:00Z`)
  const shown = Date.parse(`${wall(new Date(guess)).replace(' ', 'T')}:00Z`)
  return new Date(guess - (shown - guess)).toISOString()
}

/**
 * The last minute of this day.
 *
 * @param {string} now
 */
export function endOfDay(now) {
  return new Date(Date.parse(todayAt(now, '23:59')) + MINUTE_MS).toISOString()
}

/**
 * @param {string | null} code
 * @returns {string} the language's Swedish name
 */
export function languageName(code) {
  if (!code) return ''
  try {
    const name = LANGUAGES.of(code) ?? code
    return name.charAt(0).toUpperCase() + name.slice(1)
  } catch {
    return code // A code that no dictionary has.
  }
}

/** @param {Date} moment */
function wall(moment) {
  return WALL.format(moment)
}
