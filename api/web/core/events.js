/**
 * New messages of a conversation, as the server sends them.
 *
 * EventSource can't carry the secret in a header, and a secret has no place in an address: so the
 * stream is fetched and read here. A lost stream is opened again where it was left.
 */

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30000
/** The server sends a sign of life more often than this. */
const SILENCE_MS = 45000

/** Cuts a stream of text into events, whatever pieces it arrives in. */
export class EventReader {
  #rest = ''

  /**
   * @param {string} chunk
   */
  read(chunk) {
    // A line feed that belongs to a carriage return may come in the next piece.
    const text = this.#rest + chunk
    const held = text.endsWith('\r') ? '\r' : ''
    const blocks = text
      .slice(0, text.length - held.length)
      .replace(/\r\n?/g, '\n')
      .split('\n\n')
    this.#rest = (blocks.pop() ?? '') + held
    return blocks.map(readBlock).filter((event) => event.data || event.event !== 'message')
  }
}

/** @param {string} block */
function readBlock(block) {
  /** @type {ServerEvent} */
  const event = { event: 'message', id: '', data: '' }
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(event|id|data): ?(.*)$/.exec(line) ?? []
    if (field === 'data') event.data += (event.data && '\n') + value
    else if (field === 'event' || field === 'id') event[field] = value
  }
  return event
}

export class LiveUpdates {
  /** @type {AbortController | null} */
  #stop = null
  #wait = FIRST_WAIT_MS

  /**
   * @param {Api} api
   * @param {Hearer} hearer
   */
  constructor(api, hearer) {
    this.api = api
    this.hearer = hearer
  }

  /** @param {Session} session */
  open(session) {
    if (this.#stop) return
    this.#stop = new AbortController()
    void this.#keepOpen(session, this.#stop.signal)
  }

  close() {
    this.#stop?.abort()
    this.#stop = null
  }

  /**
   * @param {Session} session
   * @param {AbortSignal} signal
   */
  async #keepOpen(session, signal) {
    while (!signal.aborted) {
      try {
        await this.#listen(session, signal)
      } catch {
        // Lost or silent: the loop opens it again.
      }
      // A spread, or all widgets of a town would come back in the same second.
      await pause(this.#wait * (0.75 + Math.random() / 2), signal)
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
    }
  }

  /**
   * A dead connection often says nothing at all, so silence ends it.
   *
   * @param {Session} session
   * @param {AbortSignal} signal
   */
  async #listen(session, signal) {
    const stop = new AbortController()
    const end = () => stop.abort()
    signal.addEventListener('abort', end, { once: true })
    let silence = setTimeout(end, SILENCE_MS)
    try {
      const response = await fetch(`${this.api.server}api/v1/conversations/${session.id}/events`, {
        headers: {
          Accept: 'text/event-stream',
          Authorization: `Bearer ${session.secret}`,
          'Last-Event-ID': String(this.hearer.after()),
        },
        signal: stop.signal,
        credentials: 'omit',
        cache: 'no-store',
      })
      if ([401, 404].includes(response.status)) this.#gone()
      if (!response.ok || !response.body) return
      const chunks = response.body.getReader()
      const decoder = new TextDecoder()
      const events = new EventReader()
      for (;;) {
        const { done, value } = await chunks.read()
        if (done) return
        this.#wait = FIRST_WAIT_MS
        clearTimeout(silence)
        silence = setTimeout(end, SILENCE_MS)
        for (const event of events.read(decoder.decode(value, { stream: true }))) this.#tell(event)
      }
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', end)
    }
  }

  /** @param {ServerEvent} event */
  #tell({ event, data }) {
    if (event === 'erased') this.#gone()
    else if (event === 'message') this.hearer.message(JSON.parse(data))
    else if (event === 'handoff') this.hearer.handoff(JSON.parse(data))
  }

  #gone() {
    this.close()
    this.hearer.gone()
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
