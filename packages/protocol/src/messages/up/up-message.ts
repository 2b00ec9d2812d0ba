import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../../codec/bytes/decoded.ts'
import { type Datagram, readDatagram } from '../datagram.ts'
import { messageKind } from '../message-kind.ts'
import { type Ack, readAck } from './ack.ts'
import { type Calls, readCalls } from './calls.ts'
import { type Hello, readHello } from './hello.ts'
import { type Ping, readPing } from './ping.ts'
import { readSentinelCall, type SentinelCall } from './sentinel-call.ts'

/** Everything that a client may say. */
export type UpMessage =
  | ({ readonly kind: 'hello' } & Hello)
  | ({ readonly kind: 'calls' } & Calls)
  | ({ readonly kind: 'ack' } & Ack)
  | ({ readonly kind: 'ping' } & Ping)
  | { readonly kind: 'leave' }
  | ({ readonly kind: 'datagram' } & Datagram)
  | { readonly kind: 'sentinel'; readonly call: SentinelCall }

/** What a client's frame may be at most, unless the place says otherwise: 64 KiB. */
export const upFrameByteCap = 65_536

/** A frame from a client, or the code that its session closes with. */
export type DecodedUp =
  | { readonly ok: true; readonly value: UpMessage }
  | { readonly ok: false; readonly code: 'malformed' | 'oversize'; readonly problem: string }

/** Decodes a frame that a client sent. Never throws. */
export function decodeUp(
  frame: Uint8Array,
  { maxBytes = upFrameByteCap }: { readonly maxBytes?: number } = {},
): DecodedUp {
  if (frame.length > maxBytes) {
    return { ok: false, code: 'oversize', problem: `${frame.length} bytes are more than ${maxBytes}` }
  }
  const decoded: Decoded<UpMessage> = decodeWhole(frame, readUp)
  return decoded.ok ? decoded : { ok: false, code: 'malformed', problem: decoded.problem }
}

function readUp(reader: ByteReader): UpMessage {
  const kind = reader.u8()
  switch (kind) {
    case messageKind.calls: {
      const { seq, ack, calls } = readCalls(reader)
      return { kind: 'calls', seq, ack, calls }
    }
    case messageKind.ack:
      return { kind: 'ack', ...readAck(reader) }
    case messageKind.ping:
      return { kind: 'ping', ...readPing(reader) }
    case messageKind.hello:
      return { kind: 'hello', ...readHello(reader) }
    case messageKind.leave:
      return { kind: 'leave' }
    case messageKind.datagramUp:
      return { kind: 'datagram', ...readDatagram(reader) }
    case messageKind.sentinel:
      return { kind: 'sentinel', call: readSentinelCall(reader) }
    default:
      throw new DecodeFault(`a client sends no message of kind ${kind}`)
  }
}
