import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { FrameWriter } from '../../codec/bytes/frame-writer.ts'
import { messageKind } from '../message-kind.ts'

/** The answer to a ping. */
export interface Pong {
  /** As in the ping. */
  readonly clientMs: number
  /** The server's clock at the answer. */
  readonly serverMs: number
}

/** Makes the frame. */
export function encodePong({ clientMs, serverMs }: Pong): Uint8Array {
  const writer = new FrameWriter(32)
  writer.u8(messageKind.pong)
  writer.f64(clientMs)
  writer.f64(serverMs)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readPong(reader: ByteReader): Pong {
  return { clientMs: reader.finite(), serverMs: reader.finite() }
}
