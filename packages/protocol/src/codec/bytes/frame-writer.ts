import { ByteWriter } from './byte-writer.ts'

/** By which the room in front of a frame is known: so long, and by chance, that it is nowhere else. */
const mark = crypto.getRandomValues(new Uint8Array(8))

/** Behind the mark: how long the frame is. */
const lengthBytes = 4

/** The longest head that there is room for. */
const headBytes = 4

const roomBytes = mark.length + lengthBytes + headBytes

/** Writes a frame for clients, in whose memory a transport may make a message of it: it has room for a head in front. */
export class FrameWriter extends ByteWriter {
  constructor(capacity: number) {
    super(capacity, roomBytes)
    this.bytes.set(mark)
  }

  override finish(): Uint8Array {
    for (let at = 0; at < lengthBytes; at++) this.bytes[mark.length + at] = this.length >>> (at * 8)
    return super.finish()
  }
}

/** A frame and so many bytes in front of it, in the same memory; null where it has no such room, or is not the whole of what has. */
export function withHead(frame: Uint8Array, length: number): Uint8Array | null {
  const { buffer, byteOffset } = frame
  if (byteOffset !== roomBytes || length > headBytes) return null
  const room = new Uint8Array(buffer, 0, roomBytes)
  for (let at = 0; at < mark.length; at++) if (room[at] !== mark[at]) return null
  for (let at = 0; at < lengthBytes; at++) {
    if (room[mark.length + at] !== ((frame.length >>> (at * 8)) & 0xff)) return null
  }
  return new Uint8Array(buffer, byteOffset - length, length + frame.length)
}
