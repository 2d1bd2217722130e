/**
 * One question and what became of it.
 */

export class Exchange {
  key = ''
  masked = false
  /** @type {PendingState | 'answered'} */
  state = 'sending'
  reason = ''
  /** @type {MessageView[]} */
  replies = []

  /** @param {string} question - as it is shown */
  constructor(question) {
    this.question = question
  }

  get crisis() {
    return this.replies.some(({ kind }) => kind === 'crisis')
  }

  /** Numbers of the messages that can be read aloud. */
  get numbers() {
    return this.replies.map((message) => message.number)
  }

  /**
   * @param {Pending} pending
   * @returns {boolean} whether it is seen
   */
  heed({ key, state, reason }) {
    if (this.key && this.key !== key) return false
    const before = this.state
    Object.assign(this, { key, state, reason })
    return before === 'failed' || state === 'failed'
  }

  /**
   * @param {string} key
   * @param {{ message: MessageView, replies: MessageView[] }} told
   */
  answer(key, { message, replies }) {
    if (this.key !== key) return false
    if (message.masked) this.question = message.text
    this.masked = message.masked
    this.replies = replies.filter(({ sender }) => sender !== 'citizen')
    this.state = 'answered'
    return true
  }
}
