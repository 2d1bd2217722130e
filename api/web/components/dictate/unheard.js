/**
 * Why nothing was heard: a key of the words, or a sentence from the server.
 */
export class Unheard extends Error {
  /**
   * @param {'refused' | 'noMicrophone' | 'nothing' | 'away'} reason
   * @param {string} [words] - that say it better
   */
  constructor(reason, words = '') {
    super(reason)
    this.reason = reason
    this.words = words
  }
}
