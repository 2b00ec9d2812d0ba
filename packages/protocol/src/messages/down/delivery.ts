import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import type { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import {
  argumentsSize,
  type EncodedArguments,
  readArguments,
  writeArguments,
} from '../../codec/values/arguments-codec.ts'
import { type RemoteErrorCode, remoteErrorCodes } from '../remote-error-code.ts'

/** Something that reaches one session exactly once and in order: an event for it, or the answer to its request. */
export type Delivery =
  | { readonly kind: 'event'; readonly remote: number; readonly args: EncodedArguments }
  | { readonly kind: 'answer'; readonly request: number; readonly ok: true; readonly args: EncodedArguments }
  | {
      readonly kind: 'answer'
      readonly request: number
      readonly ok: false
      readonly code: RemoteErrorCode
      readonly message: string
    }

const deliveryTag = Object.freeze({ event: 0, answer: 1, failure: 2 })

/** About how many bytes a delivery takes. */
export function deliverySize(delivery: Delivery): number {
  if (delivery.kind === 'answer' && !delivery.ok) return 12 + delivery.message.length
  return 12 + argumentsSize(delivery.args)
}

/** Writes one delivery; deliveries follow one another to the end of the frame. */
export function writeDelivery(writer: ByteWriter, delivery: Delivery): void {
  if (delivery.kind === 'event') {
    writer.u8(deliveryTag.event)
    writer.varint(delivery.remote)
    return writeArguments(writer, delivery.args)
  }
  writer.u8(delivery.ok ? deliveryTag.answer : deliveryTag.failure)
  writer.varint(delivery.request)
  if (delivery.ok) return writeArguments(writer, delivery.args)
  writer.u8(remoteErrorCodes.indexOf(delivery.code))
  writer.text(delivery.message)
}

/** The other direction of `writeDelivery`. */
export function readDelivery(reader: ByteReader): Delivery {
  const tag = reader.u8()
  switch (tag) {
    case deliveryTag.event:
      return { kind: 'event', remote: reader.varint(), args: readArguments(reader) }
    case deliveryTag.answer:
      return { kind: 'answer', request: reader.varint(), ok: true, args: readArguments(reader) }
    case deliveryTag.failure:
      return {
        kind: 'answer',
        request: reader.varint(),
        ok: false,
        code: readCode(reader),
        message: reader.text(),
      }
    default:
      throw new DecodeFault(`there is no delivery ${tag}`)
  }
}

function readCode(reader: ByteReader): RemoteErrorCode {
  const number = reader.u8()
  const code = remoteErrorCodes[number]
  if (code === undefined) throw new DecodeFault(`there is no error code ${number}`)
  return code
}
