import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { messageKind } from '../message-kind.ts'

/** How far a client has come, which it will not ask for again. A message of its own only when there are no calls to carry it. */
export interface Ack {
  /** The last patch applied. */
  readonly seq: number
  /** The last delivery received. */
  readonly eventSeq: number
}

/** Makes the frame. */
export function encodeAck(ack: Ack): Uint8Array {
  const writer = new ByteWriter(16)
  writer.u8(messageKind.ack)
  writeAck(writer, ack)
  return writer.finish()
}

/** Writes the fields alone. */
export function writeAck(writer: ByteWriter, { seq, eventSeq }: Ack): void {
  writer.varint(seq)
  writer.varint(eventSeq)
}

/** Reads the fields, which is all that follows the kind. */
export function readAck(reader: ByteReader): Ack {
  return { seq: reader.varint(), eventSeq: reader.varint() }
}
