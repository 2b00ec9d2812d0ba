import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { FrameWriter } from '../../codec/bytes/frame-writer.ts'
import { messageKind } from '../message-kind.ts'

/** Why a session ends; a position is a number on the wire, so new ones go last. */
export const closeCodes = Object.freeze([
  'malformed',
  'oversize',
  'flooded',
  'kicked',
  'takenOver',
  'noSuchPlace',
  'placeFull',
  'definitionMismatch',
  'versionMismatch',
  'sessionExpired',
  'slowReader',
  'serverClosing',
  'unauthorized',
  'helloTimeout',
  'left',
  'serverFault',
] as const)

/** The closed list of reasons. */
export type CloseCode = (typeof closeCodes)[number]

/** The last frame of a connection. Its form is the same in every version, since it may tell of the versions' difference. */
export interface Close {
  readonly code: CloseCode
  /** For people; may be empty. */
  readonly reason: string
}

/** Makes the frame. */
export function encodeClose({ code, reason }: Close): Uint8Array {
  const writer = new FrameWriter(64)
  writer.u8(messageKind.close)
  writer.u8(closeCodes.indexOf(code))
  writer.text(reason)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readClose(reader: ByteReader): Close {
  const number = reader.u8()
  const code = closeCodes[number]
  if (code === undefined) throw new DecodeFault(`there is no close code ${number}`)
  return { code, reason: reader.text() }
}
