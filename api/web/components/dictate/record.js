/**
 * A recording that the server turns into text. It is held in memory until then, and then let go.
 */

import { Unheard } from './unheard.js'

const KINDS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']

/** Speech is as well understood with no more, and half a minute stays far below the limit. */
const BITS = 32_000

/**
 * @param {Ear} ear
 * @param {(sound: Blob) => Promise<string>} hear
 * @returns {Promise<Listening>}
 */
export async function record({ begun, working, heard, ended }, hear) {
  const stream = await microphone()
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) ?? ''
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS })
  /** @type {Blob[]} */
  const parts = []
  let dropped = false
  recorder.addEventListener('start', begun)
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  recorder.addEventListener('stop', () => {
    close(stream)
    if (!dropped) void tell()
  })
  const tell = async () => {
    working()
    try {
      const text = (await hear(new Blob(parts, { type: recorder.mimeType }))).trim()
      if (dropped) return
      if (text) heard(text)
      ended(text ? null : new Unheard('nothing'))
    } catch (error) {
      if (!dropped) ended(new Unheard('away', error instanceof Error ? error.message : ''))
    }
  }
  recorder.start()
  return {
    stop: () => recorder.state === 'inactive' || recorder.stop(),
    drop() {
      dropped = true
      close(stream)
    },
  }
}

async function microphone() {
  if (!navigator.mediaDevices || !globalThis.MediaRecorder) throw new Unheard('noMicrophone')
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } })
  } catch (error) {
    const { name } = /** @type {Error} */ (error)
    throw new Unheard(name === 'NotAllowedError' ? 'refused' : 'noMicrophone')
  }
}

/** @param {MediaStream} stream */
function close(stream) {
  for (const track of stream.getTracks()) track.stop()
}
