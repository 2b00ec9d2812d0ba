import { withHead } from '@banyan/protocol'

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

/** One whole binary message as servers send it: final, unmasked, the length in one byte or three. In the frame's own memory where that has room. */
function messageOf(payload: Uint8Array): Buffer {
  const { length } = payload
  const headLength = length < 126 ? 2 : 4
  const message = bufferOf(withHead(payload, headLength)) ?? copyOf(payload, headLength)
  message[0] = 0x82
  if (headLength === 2) message[1] = length
  else {
    message[1] = 126
    message[2] = length >> 8
    message[3] = length & 0xff
  }
  return message
}

function bufferOf(bytes: Uint8Array | null): Buffer | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

function copyOf(payload: Uint8Array, headLength: number): Buffer {
  // Not from the pool: a socket may hold it long, and would hold the pool's neighbors too.
  const message = Buffer.allocUnsafeSlow(headLength + payload.length)
  message.set(payload, headLength)
  return message
}
