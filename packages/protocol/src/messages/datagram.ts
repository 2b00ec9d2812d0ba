import type { ByteReader } from '../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../codec/bytes/byte-writer.ts'
import { FrameWriter } from '../codec/bytes/frame-writer.ts'
import {
  argumentsSize,
  type EncodedArguments,
  readArguments,
  writeArguments,
} from '../codec/values/arguments-codec.ts'
import { messageKind } from './message-kind.ts'

/** One fire of an unreliable remote, alone in its frame, so that a line that loses it loses nothing else. */
export interface Datagram {
  /** Grows from one to the next of a sender; a receiver drops what is older than the newest that it has of a remote. */
  readonly seq: number
  /** The id of the remote's instance. */
  readonly remote: number
  readonly args: EncodedArguments
}

/** Makes the frame that a client sends. */
export function encodeDatagramUp(datagram: Datagram): Uint8Array {
  return encode(new ByteWriter(sizeOf(datagram)), messageKind.datagramUp, datagram)
}

/** Makes the frame that a server sends; one without instances is the same for every receiver. */
export function encodeDatagramDown(datagram: Datagram): Uint8Array {
  return encode(new FrameWriter(sizeOf(datagram)), messageKind.datagramDown, datagram)
}

/** Reads what follows the kind, in either direction; the arguments' bytes are a view into the frame. */
export function readDatagram(reader: ByteReader): Datagram {
  return { seq: reader.varint(), remote: reader.varint(), args: readArguments(reader) }
}

function sizeOf({ args }: Datagram): number {
  return 16 + argumentsSize(args)
}

function encode(writer: ByteWriter, kind: number, { seq, remote, args }: Datagram): Uint8Array {
  writer.u8(kind)
  writer.varint(seq)
  writer.varint(remote)
  writeArguments(writer, args)
  return writer.finish()
}
