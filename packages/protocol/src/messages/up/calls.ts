import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import {
  argumentsSize,
  type EncodedArguments,
  readArguments,
  writeArguments,
} from '../../codec/values/arguments-codec.ts'
import { messageKind } from '../message-kind.ts'
import { type Ack, readAck, writeAck } from './ack.ts'

/** Something that a client asks of the server; `remote` is the id of the remote's instance. */
export type Call =
  | { readonly kind: 'event'; readonly remote: number; readonly args: EncodedArguments }
  | {
      readonly kind: 'request'
      /** The client's number for it, which the answer repeats. */
      readonly request: number
      readonly remote: number
      readonly args: EncodedArguments
      /** From the arrival on; travels in whole milliseconds, rounded up. */
      readonly deadlineMs: number
    }
  | { readonly kind: 'cancel'; readonly request: number }

/** All that a client's task fired and asked, in order. */
export interface Calls {
  /** Numbers these frames from 1 on through a session, so that a resumed one repeats none and misses none. */
  readonly seq: number
  readonly ack: Ack
  readonly calls: readonly Call[]
}

const callTag = Object.freeze({ event: 0, request: 1, cancel: 2 }) satisfies Readonly<
  Record<Call['kind'], number>
>

/** Makes the frame. */
export function encodeCalls({ seq, ack, calls }: Calls): Uint8Array {
  const writer = new ByteWriter(calls.reduce((size, call) => size + sizeOf(call), 24))
  writer.u8(messageKind.calls)
  writer.varint(seq)
  writeAck(writer, ack)
  for (const call of calls) writeCall(writer, call)
  return writer.finish()
}

/** Reads what follows the kind; the arguments' bytes are views into the frame. */
export function readCalls(reader: ByteReader): Calls {
  const seq = reader.varint()
  const ack = readAck(reader)
  const calls: Call[] = []
  while (reader.remaining > 0) calls.push(readCall(reader))
  return { seq, ack, calls }
}

function sizeOf(call: Call): number {
  return 16 + (call.kind === 'cancel' ? 0 : argumentsSize(call.args))
}

function writeCall(writer: ByteWriter, call: Call): void {
  writer.u8(callTag[call.kind])
  switch (call.kind) {
    case 'event':
      writer.varint(call.remote)
      return writeArguments(writer, call.args)
    case 'request':
      writer.varint(call.request)
      writer.varint(call.remote)
      writer.varint(Math.ceil(call.deadlineMs))
      return writeArguments(writer, call.args)
    case 'cancel':
      return writer.varint(call.request)
  }
}

function readCall(reader: ByteReader): Call {
  const tag = reader.u8()
  switch (tag) {
    case callTag.event:
      return { kind: 'event', remote: reader.varint(), args: readArguments(reader) }
    case callTag.request:
      return {
        kind: 'request',
        request: reader.varint(),
        remote: reader.varint(),
        deadlineMs: reader.varint(),
        args: readArguments(reader),
      }
    case callTag.cancel:
      return { kind: 'cancel', request: reader.varint() }
    default:
      throw new DecodeFault(`there is no call ${tag}`)
  }
}
