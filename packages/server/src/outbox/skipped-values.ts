import {
  type AudienceId,
  type DataModel,
  type Domain,
  describeValues,
  meets,
  type Patch,
  type SetRun,
} from '@banyan/datamodel'
import type { Piece } from './patch-pieces.ts'
import { encodeSegmentAt } from './segment-at.ts'

/** The writes of values that may skip, by who sees them. */
export type SkippingSegments = ReadonlyMap<Domain, readonly SetRun[]>

/**
 * Which values that may skip were written when, as long as somebody lacks some: names of values, never the values, so that
 * however long somebody reads nothing, what they lack takes no more room than the values there are.
 */
export interface SkippedValues {
  /** Of how many instances something is remembered. */
  readonly count: number
  /** Takes note of a patch. Costs nothing until somebody lacks values. */
  note(patch: Pick<Patch, 'seq' | 'conditions'>, segments: SkippingSegments): void
  /** Whether all is known that was written after a patch. */
  reaches(seq: number): boolean
  /**
   * What a player lacks who was told none since a patch, as it is now, in pieces that all share who lack the same. Null
   * where that cannot be told just now.
   */
  owed(since: number, playerId: number): readonly Piece[] | null
  /** Nobody will ask for what was written up to a patch. Null: nobody lacks anything. */
  forget(upTo: number | null): void
}

/** The values of one instance, from the oldest of which nothing is known to be told. */
interface Writes {
  readonly seq: number
  readonly indexes: ReadonlySet<number>
}

interface DomainWrites {
  readonly conditions: readonly AudienceId[]
  /** By instance, in the order of their last writes. */
  readonly byId: Map<number, Writes>
}

interface Noted {
  readonly seq: number
  readonly conditions: Patch['conditions']
  readonly segments: SkippingSegments
}

/** What is gone is looked for when there is twice as much as after the last time. */
const leastSweep = 4096

export function createSkippedValues(game: DataModel): SkippedValues {
  let noted: Noted[] = []
  let knownAfter = game.snapshot.seq
  const domains = new Map<Domain, DomainWrites>()
  let count = 0
  let sweepAt = leastSweep
  /** What is told now, by domain and patch. */
  const pieces = new Map<string, Piece | null>()
  let piecesAt = 0
  let numbers = 0

  function sortIn(): void {
    for (const { seq, conditions, segments } of noted) {
      for (const [domain, runs] of segments) {
        const writes = domains.get(domain) ?? { conditions: conditions.get(domain) ?? [], byId: new Map() }
        domains.set(domain, writes)
        for (const { ids, columns } of runs) {
          const indexes = columns.map(({ index }) => index)
          for (const id of ids) add(writes.byId, seq, { id, indexes })
        }
      }
    }
    noted = []
  }

  function add(
    byId: Map<number, Writes>,
    seq: number,
    { id, indexes: written }: { readonly id: number; readonly indexes: readonly number[] },
  ): void {
    const before = byId.get(id)
    const isKnown = before !== undefined && written.every((index) => before.indexes.has(index))
    const indexes = isKnown ? before.indexes : new Set([...(before?.indexes ?? []), ...written])
    // Behind all others, so that the oldest come first.
    if (before === undefined) count += 1
    else byId.delete(id)
    byId.set(id, { seq, indexes })
  }

  function describe(domain: Domain, { byId }: DomainWrites, since: number): Piece | null | 'unknown' {
    const key = `${domain} ${since}`
    const known = pieces.get(key)
    if (known !== undefined) return known
    const wanted: (readonly [number, Iterable<number>])[] = []
    for (const [id, { seq, indexes }] of byId) if (seq > since) wanted.push([id, indexes])
    const operations = describeValues(game, domain, wanted)
    if (operations === null) return 'unknown'
    numbers += 1
    const piece =
      operations.length === 0
        ? null
        : { number: numbers, maySkip: true, bytes: encodeSegmentAt(game.snapshot, operations) }
    pieces.set(key, piece)
    return piece
  }

  function forgetTold(upTo: number): void {
    for (const [domain, { byId }] of domains) {
      for (const [id, { seq }] of byId) {
        if (seq > upTo) break
        byId.delete(id)
        count -= 1
      }
      if (byId.size === 0) domains.delete(domain)
    }
  }

  function forgetGone(): void {
    for (const { byId } of domains.values()) {
      for (const id of byId.keys()) if (!game.snapshot.records.has(id) && byId.delete(id)) count -= 1
    }
    sweepAt = Math.max(leastSweep, 2 * count)
  }

  return {
    get count() {
      return count
    },
    note({ seq, conditions }, segments) {
      if (segments.size > 0) noted.push({ seq, conditions, segments })
    },
    reaches: (seq) => seq >= knownAfter,
    owed(since, playerId) {
      sortIn()
      const { seq, audiences } = game.snapshot
      if (piecesAt !== seq) pieces.clear()
      piecesAt = seq
      const met = audiences.get(playerId) ?? []
      const owed: Piece[] = []
      for (const [domain, writes] of domains) {
        if (!meets(met, writes.conditions)) continue
        const piece = describe(domain, writes, since)
        if (piece === 'unknown') return null
        if (piece !== null) owed.push(piece)
      }
      return owed
    },
    forget(upTo) {
      if (upTo === null) {
        noted = []
        domains.clear()
        pieces.clear()
        count = 0
        sweepAt = leastSweep
        knownAfter = game.snapshot.seq
        return
      }
      sortIn()
      knownAfter = Math.max(knownAfter, upTo)
      forgetTold(upTo)
      if (count > sweepAt) forgetGone()
    },
  }
}
