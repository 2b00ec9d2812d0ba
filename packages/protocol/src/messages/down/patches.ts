import { expandRuns, type Operation, type ToldRun, type TreeDefinition } from '@banyan/datamodel'
import { ByteReader } from '../../codec/bytes/byte-reader.ts'
import type { ByteWriter } from '../../codec/bytes/byte-writer.ts'
import { FrameWriter } from '../../codec/bytes/frame-writer.ts'
import { readRuns } from '../../codec/operations/segment-reader.ts'
import { messageKind } from '../message-kind.ts'
import { type Delivery, deliverySize, readDelivery, writeDelivery } from './delivery.ts'

/** When a patch was made. */
export interface PatchStamp {
  readonly seq: number
  readonly tick: number
  readonly timeMs: number
}

/** A patch to send: the segments of what an audience sees, side by side. */
export interface EncodedPatch extends PatchStamp {
  readonly segments: readonly Uint8Array[]
}

/** A patch in the form that a replica takes. */
export interface PatchRuns extends PatchStamp {
  readonly runs: readonly ToldRun[]
}

/** A patch as received: the operations of all its segments. */
export interface ReceivedPatch extends PatchStamp {
  readonly operations: readonly Operation[]
}

/** What concerns one session alone. */
export interface SessionPart {
  /** The last frame of calls that the server has from this session. */
  readonly callSeq: number
  /** The number of the first delivery; the others count on from it. */
  readonly eventSeq: number
  readonly deliveries: readonly Delivery[]
}

/** As received: patches first, then what was sent to this session after them. */
export interface Patches<Patch = ReceivedPatch> {
  readonly patches: readonly Patch[]
  readonly session: SessionPart | null
  /** What the sentinel says of the state that the patches lead to, for `decodeNews`; seldom there. A view into the frame. */
  readonly news?: Uint8Array
}

/** Makes a frame that is complete by itself, and equal byte by byte for all who see the same. */
export function encodePatches(patches: readonly EncodedPatch[]): Uint8Array {
  const writer = new FrameWriter(16 + sizeOfPatches(patches))
  writer.u8(messageKind.patches)
  writePatches(writer, patches)
  return writer.finish()
}

/** The bytes that patches take at most, or nearly. */
export function sizeOfPatches(patches: readonly EncodedPatch[]): number {
  return patches.reduce(
    (sum, { segments }) => segments.reduce((total, { length }) => total + length + 4, sum + 24),
    0,
  )
}

/** Writes a count and the patches, in the order of their numbers. */
export function writePatches(writer: ByteWriter, patches: readonly EncodedPatch[]): void {
  writer.varint(patches.length)
  for (const { seq, tick, timeMs, segments } of patches) {
    writer.varint(seq)
    writer.varint(tick)
    writer.f64(timeMs)
    writer.varint(segments.length)
    for (const segment of segments) writer.block(segment)
  }
}

/** Makes a frame of the shared one and one session's part; copies bytes and leaves the shared frame as it is. */
export function appendSession(
  shared: Uint8Array,
  { callSeq, eventSeq, deliveries }: SessionPart,
): Uint8Array {
  const size = deliveries.reduce((sum, delivery) => sum + deliverySize(delivery), shared.length + 16)
  const writer = new FrameWriter(size)
  writer.raw(shared)
  writer.varint(callSeq)
  writer.varint(eventSeq)
  for (const delivery of deliveries) writeDelivery(writer, delivery)
  return writer.finish()
}

/** Reads what follows the kind; the arguments' bytes are views into the frame. */
export function readPatches(definition: TreeDefinition, reader: ByteReader): Patches<PatchRuns> {
  const patches = readPatchList(definition, reader)
  return { patches, session: reader.remaining === 0 ? null : readSession(reader) }
}

/** The other direction of `writePatches`. */
export function readPatchList(definition: TreeDefinition, reader: ByteReader): readonly PatchRuns[] {
  const count = reader.count(leastPatchBytes)
  const patches: PatchRuns[] = []
  for (let index = 0; index < count; index++) patches.push(readPatch(definition, reader))
  return patches
}

/** A byte each for seq, tick and the count of segments, and the time. */
const leastPatchBytes = 11

function readPatch(definition: TreeDefinition, reader: ByteReader): PatchRuns {
  const stamp = { seq: reader.varint(), tick: reader.varint(), timeMs: reader.finite() }
  const runs: ToldRun[] = []
  const count = reader.count()
  for (let index = 0; index < count; index++) {
    for (const run of readRuns(definition, new ByteReader(reader.block()))) runs.push(run)
  }
  return { ...stamp, runs }
}

/** The patch as operations, one by one. */
export function expandPatch({ seq, tick, timeMs, runs }: PatchRuns): ReceivedPatch {
  return { seq, tick, timeMs, operations: expandRuns(runs) }
}

function readSession(reader: ByteReader): SessionPart {
  const callSeq = reader.varint()
  const eventSeq = reader.varint()
  const deliveries: Delivery[] = []
  while (reader.remaining > 0) deliveries.push(readDelivery(reader))
  return { callSeq, eventSeq, deliveries }
}
