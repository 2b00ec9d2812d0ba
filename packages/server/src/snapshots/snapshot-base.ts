import { type AudienceId, type SnapshotOperation, type TreeSnapshot, viewByAudience } from '@banyan/datamodel'
import { encodeSnapshotPart, type PatchStamp } from '@banyan/protocol'
import { encodeSegmentAt } from '../outbox/segment-at.ts'

/** A frame that serves everyone who sees it, or a rest, which travels with the end of the snapshot. */
export interface SnapshotPiece {
  readonly kind: 'frame' | 'rest'
  /** What one must meet to see it, ascending. */
  readonly conditions: readonly AudienceId[]
  /** How many instances it tells of. */
  readonly size: number
  /** Null until it is encoded. */
  readonly bytes: Uint8Array | null
  encode(): void
}

/** One snapshot of a place, encoded piece by piece and once for all who join while it is fresh. */
export interface SnapshotBase {
  readonly snapshot: TreeSnapshot
  readonly stamp: PatchStamp
  /** What is encoded so far. */
  readonly bytes: number
  /** In the order in which they became full. */
  readonly pieces: readonly SnapshotPiece[]
  /** Whether there are no more pieces than these. */
  readonly isWhole: boolean
  /** Looks at as many instances as a piece has, or what is left; returns their number. */
  advance(): number
}

/** What is yet to become a piece. */
interface Pending {
  readonly conditions: readonly AudienceId[]
  operations: SnapshotOperation[]
}

/** Holds the snapshot, which keeps old records alive for as long. A piece has so many instances, a rest fewer. */
export function createSnapshotBase(snapshot: TreeSnapshot, pieceInstances: number): SnapshotBase {
  const seen = viewByAudience(snapshot)
  const pending = new Map<string, Pending>()
  const pieces: SnapshotPiece[] = []
  let isWhole = false
  let total = 0

  function take(conditions: readonly AudienceId[], operation: SnapshotOperation): void {
    const key = conditions.join()
    let group = pending.get(key)
    if (group === undefined) {
      group = { conditions, operations: [] }
      pending.set(key, group)
    }
    group.operations.push(operation)
    if (group.operations.length < pieceInstances) return
    pieces.push(createPiece('frame', group))
    group.operations = []
  }

  function createPiece(kind: SnapshotPiece['kind'], { conditions, operations }: Pending): SnapshotPiece {
    let waiting: readonly SnapshotOperation[] = operations
    let bytes: Uint8Array | null = null
    return {
      kind,
      conditions,
      size: operations.length,
      get bytes() {
        return bytes
      },
      encode() {
        if (bytes !== null) return
        const segment = encodeSegmentAt(snapshot, waiting)
        bytes = kind === 'frame' ? encodeSnapshotPart([segment], null) : segment
        total += bytes.length
        waiting = []
      },
    }
  }

  const { seq, tick, timeMs } = snapshot
  return {
    snapshot,
    stamp: { seq, tick, timeMs },
    pieces,
    get bytes() {
      return total
    },
    get isWhole() {
      return isWhole
    },
    advance() {
      let count = 0
      while (count < pieceInstances && !isWhole) {
        const { value, done } = seen.next()
        count += 1
        if (done === true) isWhole = true
        else take(value.conditions, value.operation)
      }
      if (!isWhole) return count
      for (const group of pending.values()) {
        if (group.operations.length > 0) pieces.push(createPiece('rest', group))
      }
      pending.clear()
      return count
    },
  }
}
