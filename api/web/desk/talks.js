/**
 * What is known of one chat's messages. Pure functions.
 */

/**
 * Messages of the citizen that the agent has not had before the eyes.
 *
 * @param {DeskTalk | undefined} talk
 */
export function unreadIn(talk) {
  const { detail = null, seen = 0 } = talk ?? {}
  return of(detail, 'citizen').filter((number) => number > seen).length
}

/** @param {DeskDetail} detail */
export function lastReply(detail) {
  return Math.max(0, ...of(detail, 'agent'))
}

/**
 * Put in a message, at its place and once.
 *
 * @param {DeskMessage[]} messages
 * @param {DeskMessage} message
 */
export function add(messages, message) {
  if (messages.some(({ number }) => number === message.number)) return
  messages.push(message)
  messages.sort((a, b) => a.number - b.number)
}

/**
 * @param {DeskDetail | null} detail
 * @param {DeskMessage['sender']} sender
 */
function of(detail, sender) {
  return (detail?.messages ?? []).filter((one) => one.sender === sender).map((one) => one.number)
}
