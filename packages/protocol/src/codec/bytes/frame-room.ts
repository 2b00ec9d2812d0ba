import { ByteWriter } from './byte-writer.ts'

/** The longest head that there is room for. */
const headLength = 4

/** What stands in front of a frame for clients: a mark, by which the room is known, and bytes where a transport may write a head of its own. */
const room = Uint8Array.of(0x72, 0x6f, 0x6f, 0x6d, 0, 0, 0, 0)

const markLength = room.length - headLength

/** A writer of a frame for clients, of which a transport makes its message without a copy. */
export function createFrameWriter(capacity: number): ByteWriter {
  return new ByteWriter(capacity, room)
}

/** The frame and so many bytes in front of it, in the same memory; null where the frame has no such room. */
export function withHead(frame: Uint8Array, length: number): Uint8Array | null {
  const { buffer, byteOffset } = frame
  if (byteOffset !== room.length || length > headLength) return null
  const found = new Uint8Array(buffer, 0, markLength)
  for (let at = 0; at < markLength; at++) if (found[at] !== room[at]) return null
  return new Uint8Array(buffer, byteOffset - length, length + frame.length)
}
