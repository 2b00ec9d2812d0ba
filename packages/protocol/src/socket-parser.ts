import { type Packet, PacketType, Decoder as TextDecoder, Encoder as TextEncoder } from 'socket.io-parser'
import { ProtocolError } from './errors.ts'

// engine.io 4 sends binary data as a bare WebSocket message, so a frame costs no header and no second message. A side that
// is socket.io needs this parser: `new Server({ parser })` and `io(url, { parser })` with `import * as parser` of this module.

/** The event whose one argument, a Uint8Array, travels as one bare binary message in the namespace "/". */
export const frameEvent = 'f'

/** Turns `emit('f', frame)` into one binary message; everything else is text as socket.io writes it. */
export class Encoder extends TextEncoder {
  /** Throws `unencodable` for binary data elsewhere than in a frame event: attachments are not spoken here. */
  override encode(packet: Packet): (string | Uint8Array)[] {
    const frame = frameOf(packet)
    if (frame !== null) return [frame]
    const encoded: unknown[] = super.encode(packet)
    const [text] = encoded
    if (encoded.length === 1 && typeof text === 'string') return [text]
    throw new ProtocolError(
      'unencodable',
      `cannot send event "${String(packet.data?.[0])}": it carries binary data, which only the event "${frameEvent}" of the namespace "/" may. Encode it as text or send it in a frame.`,
    )
  }
}

/**
 * The other direction. Throws for anything else than socket.io's text packets and binary frames; socket.io catches that
 * and closes this one connection, on the server as on the client.
 */
export class Decoder extends TextDecoder {
  constructor() {
    super()
    // Runs before socket.io's own listener, so a frame event that came as text never reaches it.
    this.on('decoded', ({ data }: Packet) => {
      if (Array.isArray(data) && data[0] === frameEvent && !(data[1] instanceof Uint8Array)) {
        throw new Error('a frame came as text')
      }
    })
  }

  override add(data: unknown): void {
    if (typeof data === 'string') {
      if (announcesAttachments(data)) throw new Error('a text packet announces attachments')
      return super.add(data)
    }
    const frame = viewOf(data)
    if (frame === null) throw new Error('a message is neither text nor binary')
    this.emitReserved('decoded', { type: PacketType.EVENT, nsp: '/', data: [frameEvent, frame] })
  }
}

function announcesAttachments(text: string): boolean {
  return text.startsWith(`${PacketType.BINARY_EVENT}`) || text.startsWith(`${PacketType.BINARY_ACK}`)
}

function frameOf({ type, nsp, id, data }: Packet): Uint8Array | null {
  if (type !== PacketType.EVENT || nsp !== '/' || id !== undefined) return null
  if (!Array.isArray(data) || data.length !== 2 || data[0] !== frameEvent) return null
  return data[1] instanceof Uint8Array ? data[1] : null
}

/** Browsers hand over an ArrayBuffer, Node a Buffer, which is a Uint8Array. */
function viewOf(data: unknown): Uint8Array | null {
  if (data instanceof Uint8Array) return data
  return data instanceof ArrayBuffer ? new Uint8Array(data) : null
}
