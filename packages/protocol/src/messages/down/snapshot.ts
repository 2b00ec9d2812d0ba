import { expandRuns, type SnapshotOperation, type ToldRun, type TreeDefinition } from '@banyan/datamodel'
import { ByteReader } from '../../codec/bytes/byte-reader.ts'
import { DecodeFault } from '../../codec/bytes/decode-fault.ts'
import { FrameWriter } from '../../codec/bytes/frame-writer.ts'
import { readRuns } from '../../codec/operations/segment-reader.ts'
import { messageKind } from '../message-kind.ts'
import type { PatchStamp } from './patches.ts'

/** A part in the form that a replica takes. */
export interface SnapshotRuns {
  readonly runs: readonly ToldRun[]
  readonly end: PatchStamp | null
}

/**
 * A part of what a client may see. The parts of one snapshot come in a row and count together; the frame of patches or
 * the welcome behind the last one builds on them, and the client applies all of it in one step.
 */
export interface SnapshotPart {
  /** Instances, and beside them what the owner sees of some. */
  readonly operations: readonly SnapshotOperation[]
  /** The patch that the snapshot shows, which its last part tells; null where more parts follow. */
  readonly end: PatchStamp | null
}

/** Makes the frame of segments of snapshot operations; without an end it serves everyone who sees them. */
export function encodeSnapshotPart(segments: readonly Uint8Array[], end: PatchStamp | null): Uint8Array {
  const size = segments.reduce((sum, { length }) => sum + length + 8, 32)
  const writer = new FrameWriter(size)
  writer.u8(messageKind.snapshot)
  writer.u8(end === null ? 0 : 1)
  if (end !== null) {
    writer.varint(end.seq)
    writer.varint(end.tick)
    writer.f64(end.timeMs)
  }
  for (const segment of segments) writer.block(segment)
  return writer.finish()
}

/** Reads what follows the kind. */
export function readSnapshotPart(definition: TreeDefinition, reader: ByteReader): SnapshotRuns {
  const end = reader.flag() ? { seq: reader.varint(), tick: reader.varint(), timeMs: reader.finite() } : null
  const runs: ToldRun[] = []
  while (reader.remaining > 0) {
    for (const run of readRuns(definition, new ByteReader(reader.block()))) {
      expectShown(run)
      runs.push(run)
    }
  }
  return { runs, end }
}

function expectShown(run: ToldRun): void {
  if (run.kind === 'operations') throw new DecodeFault(`a snapshot holds a ${run.operations[0]?.kind}`)
  if (run.columns.some(({ kind }) => kind === 'steps')) throw new DecodeFault('a snapshot holds a shift')
}

/** The part as operations, one by one. */
export function expandPart({ runs, end }: SnapshotRuns): SnapshotPart {
  return { operations: expandRuns(runs) as readonly SnapshotOperation[], end }
}
