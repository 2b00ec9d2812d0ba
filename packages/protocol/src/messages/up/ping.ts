import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { messageKind } from '../message-kind.ts'

/** Asks for the server's time; also shows that the client is alive. */
export interface Ping {
  /** The client's own clock, which the answer repeats. */
  readonly clientMs: number
}

/** Makes the frame. */
export function encodePing({ clientMs }: Ping): Uint8Array {
  const writer = new ByteWriter(16)
  writer.u8(messageKind.ping)
  writer.f64(clientMs)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readPing(reader: ByteReader): Ping {
  return { clientMs: reader.finite() }
}
