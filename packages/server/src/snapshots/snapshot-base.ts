import { type AudienceId, type SnapshotOperation, type TreeSnapshot, viewByAudience } from '@banyan/datamodel'
import { encodeSnapshotPart, type PatchStamp } from '@banyan/protocol'
import { encodeSegmentAt } from '../outbox/segment-at.ts'
import { weightOf } from './weight.ts'

/** A frame that serves everyone who sees it, or a rest, which travels with the end of the snapshot. */
export interface SnapshotPiece {
  readonly kind: 'frame' | 'rest'
  /** What one must meet to see it, ascending. */
  readonly conditions: readonly AudienceId[]
  /** How many instances it tells of, or is worth. */
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
  /** Looks at what a piece has, or at what is left; returns how many instances that is, or is worth. */
  advance(): number
}

/** What is yet to become a piece. */
interface Pending {
  readonly conditions: readonly AudienceId[]
  operations: SnapshotOperation[]
  weight: number
}

/** Holds the snapshot, which keeps old records alive for as long. A piece has so many instances, or large ones that count as many; a rest fewer. */
export function createSnapshotBase(snapshot: TreeSnapshot, pieceInstances: number): SnapshotBase {
  const seen = viewByAudience(snapshot)
  const pending = new Map<string, Pending>()
  const pieces: SnapshotPiece[] = []
  let isWhole = false
  let total = 0

  /** Returns what the operation counts. */
  function take(conditions: readonly AudienceId[], operation: SnapshotOperation): number {
    const key = conditions.join()
    let group = pending.get(key)
    if (group === undefined) {
      group = { conditions, operations: [], weight: 0 }
      pending.set(key, group)
    }
    const weight = weightOf(operation)
    group.operations.push(operation)
    group.weight += weight
    if (group.weight >= pieceInstances) {
      pieces.push(new PendingPiece('frame', group, encoding))
      group.operations = []
      group.weight = 0
    }
    return weight
  }

  const encoding: Encoding = {
    snapshot,
    encoded(bytes) {
      total += bytes
    },
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
        if (done === true) isWhole = true
        count += done === true ? 1 : take(value.conditions, value.operation)
      }
      if (!isWhole) return count
      for (const group of pending.values()) {
        if (group.operations.length > 0) pieces.push(new PendingPiece('rest', group, encoding))
      }
      pending.clear()
      return count
    },
  }
}

/** What the pieces of a base share. */
interface Encoding {
  readonly snapshot: TreeSnapshot
  readonly encoded: (bytes: number) => void
}

/** A class, because a place has some for each player: objects with getters of their own would be three times the size. */
class PendingPiece implements SnapshotPiece {
  readonly kind: SnapshotPiece['kind']
  readonly conditions: readonly AudienceId[]
  readonly size: number
  bytes: Uint8Array | null = null
  readonly #encoding: Encoding
  #operations: readonly SnapshotOperation[]

  constructor(kind: SnapshotPiece['kind'], { conditions, operations, weight }: Pending, encoding: Encoding) {
    this.kind = kind
    this.conditions = conditions
    this.size = weight
    this.#operations = operations
    this.#encoding = encoding
  }

  encode(): void {
    if (this.bytes !== null) return
    const { snapshot, encoded } = this.#encoding
    const segment = encodeSegmentAt(snapshot, this.#operations)
    this.bytes = this.kind === 'frame' ? encodeSnapshotPart([segment], null) : segment
    this.#operations = []
    encoded(this.bytes.length)
  }
}
