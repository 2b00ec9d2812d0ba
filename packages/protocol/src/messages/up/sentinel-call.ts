import type { BranchQuestion } from '@banyan/datamodel'
import type { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { readQuestion, writeQuestion } from '../checksum-codec.ts'
import { messageKind } from '../message-kind.ts'

/** Something that a client held otherwise than it was told. */
export interface FoundDifference {
  readonly id: number
  /** A property's name, `@` and an attribute's, or `#` and what else there is of an instance. */
  readonly field: string
}

/** What a client says whose replica is not what the server's checksum tells. */
export type SentinelCall =
  | { readonly kind: 'branch'; readonly question: BranchQuestion }
  /** It wants an instance and all below it. */
  | { readonly kind: 'below'; readonly id: number }
  /** It wants everything. */
  | { readonly kind: 'whole' }
  /** What was wrong below an instance, now that it is mended; the id is 0 where nothing is wrong any more. */
  | { readonly kind: 'found'; readonly id: number; readonly differences: readonly FoundDifference[] }
  /** Nothing has helped, and it does not ask again. */
  | { readonly kind: 'lost' }

/** Differences in one frame, at most. */
export const foundDifferencesCap = 16

const callKinds = Object.freeze(['branch', 'below', 'whole', 'found', 'lost'] as const)

/** Makes the frame. */
export function encodeSentinelCall(call: SentinelCall): Uint8Array {
  const writer = new ByteWriter(32)
  writer.u8(messageKind.sentinel)
  writer.u8(callKinds.indexOf(call.kind))
  switch (call.kind) {
    case 'branch':
      writeQuestion(writer, call.question)
      break
    case 'below':
      writer.varint(call.id)
      break
    case 'found':
      writer.varint(call.id)
      writer.varint(call.differences.length)
      for (const { id, field } of call.differences) {
        writer.varint(id)
        writer.text(field)
      }
      break
    case 'whole':
    case 'lost':
      break
    default:
      call satisfies never
  }
  return writer.finish()
}

/** Reads what follows the kind. */
export function readSentinelCall(reader: ByteReader): SentinelCall {
  const tag = reader.u8()
  const kind = callKinds[tag]
  if (kind === undefined) throw new DecodeFault(`there is no sentinel's call ${tag}`)
  switch (kind) {
    case 'branch':
      return { kind, question: readQuestion(reader) }
    case 'below':
      return { kind, id: reader.varint() }
    case 'found':
      return { kind, id: reader.varint(), differences: readDifferences(reader) }
    case 'whole':
    case 'lost':
      return { kind }
  }
}

function readDifferences(reader: ByteReader): readonly FoundDifference[] {
  const count = reader.count(2)
  if (count > foundDifferencesCap) throw new DecodeFault(`${count} differences are too many`)
  const differences: FoundDifference[] = []
  for (let index = 0; index < count; index++) differences.push({ id: reader.varint(), field: reader.text() })
  return differences
}
