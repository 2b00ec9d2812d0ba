/** Longer payloads have another head, and are better not copied. */
const payloadCap = 0xffff

/** A whole WebSocket message, or null for a frame that the engine had better send itself. */
export type PrepareMessage = (frame: Uint8Array) => Buffer | null

/**
 * Prepares frames as the WebSocket messages that they become, so that one which goes to many is made once and each line
 * costs one write. Remembers the last frame: those who share one are sent it in a row.
 */
export function createMessagePreparation(): PrepareMessage {
  let last: Uint8Array | null = null
  let message: Buffer | null = null
  return (frame) => {
    if (frame === last) return message
    last = frame
    message = frame.length > payloadCap ? null : messageOf(frame)
    return message
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
