/** Longer payloads have another head, and are better not copied. */
const payloadCap = 0xffff

/** What engine.io's `write` takes; it ignores the message where the line is no WebSocket and sends the frame itself. */
export interface WriteOptions {
  readonly compress: false
  readonly wsPreEncodedFrame?: readonly [Buffer]
}

/**
 * Prepares frames as the WebSocket messages that they become, so that one which goes to many is made once and each line
 * costs one write. Remembers the last frame: those who share one are sent it in a row.
 */
export function createMessagePreparation(): (frame: Uint8Array) => WriteOptions {
  // Not frozen: the engine writes `compress` back.
  const unprepared: WriteOptions = { compress: false }
  let last: Uint8Array | null = null
  let options = unprepared
  return (frame) => {
    if (frame === last) return options
    if (frame.length > payloadCap) return unprepared
    last = frame
    options = { compress: false, wsPreEncodedFrame: [messageOf(frame)] }
    return options
  }
}

/** One whole binary message as servers send it: final, unmasked, the length in one byte or three. */
function messageOf(payload: Uint8Array): Buffer {
  const { length } = payload
  const head = length < 126 ? [0x82, length] : [0x82, 126, length >> 8, length & 0xff]
  // Not from the pool: a socket may hold it long, and would hold the pool's neighbors too.
  const message = Buffer.allocUnsafeSlow(head.length + length)
  message.set(head)
  message.set(payload, head.length)
  return message
}
