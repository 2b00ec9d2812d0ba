import {
  createPatchShares,
  type Domain,
  type Operation,
  type Patch,
  separateSkipping,
  type TreeDefinition,
  type TreeSnapshot,
} from '@banyan/datamodel'
import { encodeSegmentAt } from './segment-at.ts'

/** A part of a patch as bytes, the same for all who get it. */
export interface Piece {
  /** Tells equal frames by what they are made of; of no meaning beyond this process. */
  readonly number: number
  /** Whether it has nothing but values that may skip. */
  readonly maySkip: boolean
  readonly bytes: Uint8Array
}

/** The segments of a patch, apart by whether readers may go without their operations for a while. */
export interface SeparatedSegments {
  readonly kept: Patch['segments']
  readonly skipping: Patch['segments']
}

/** The snapshot is that of the patch. */
export function separateSegments(snapshot: TreeSnapshot, { segments }: Patch): SeparatedSegments {
  if (!hasSkipping(snapshot.definition)) return { kept: segments, skipping: new Map() }
  const kept = new Map<Domain, readonly Operation[]>()
  const skipping = new Map<Domain, readonly Operation[]>()
  for (const [domain, operations] of segments) {
    const separated = separateSkipping(snapshot, operations)
    kept.set(domain, separated.kept)
    if (separated.skipping.length > 0) skipping.set(domain, separated.skipping)
  }
  return { kept, skipping }
}

/** Whether there are values that may skip at all. */
export function hasSkipping({ classes }: TreeDefinition): boolean {
  return classes.some(({ schema }) => schema.skipping.length > 0)
}

/** A patch with each of its parts encoded once, whoever gets it. Keeps its audiences, and none of its operations. */
export interface PatchPieces {
  readonly count: number
  /** Of all pieces together. */
  readonly bytes: number
  /** What a player gets of it, as a list of parts; who sees nothing of it gets an empty one. Null is a stranger. */
  forPlayer(playerId: number | null): readonly Piece[]
}

const nothing: readonly Piece[] = []

/** From one snapshot to the next, by the patch between them. */
export function encodePieces(
  { before, after }: { readonly before: TreeSnapshot; readonly after: TreeSnapshot },
  patch: Patch,
  separated: SeparatedSegments,
): PatchPieces {
  let numbers = 0
  let total = 0
  const shareOf = createPatchShares(patch)
  // Who gets a segment saw what it changes, as it was; but not always what may skip. Who gets an arrival did not.
  const segments = encodeEach(separated.kept, { seen: before })
  const skipping = encodeEach(separated.skipping, { maySkip: true })
  const arrivals = encodeEach(patch.arrivals)
  const departures = encodeEach(patch.departures)
  /** Those for whom there is one part alone, which is nearly everyone nearly always. */
  const alone = new Map<Domain, readonly Piece[]>()

  function encodeEach(
    operations: ReadonlyMap<Domain, readonly Operation[]>,
    {
      seen = null,
      maySkip = false,
    }: { readonly seen?: TreeSnapshot | null; readonly maySkip?: boolean } = {},
  ): ReadonlyMap<Domain, Piece> {
    const pieces = new Map<Domain, Piece>()
    for (const [domain, list] of operations) {
      if (list.length === 0) continue
      numbers += 1
      const bytes = encodeSegmentAt(after, list, seen)
      total += bytes.length
      pieces.set(domain, { number: numbers, maySkip, bytes })
    }
    return pieces
  }

  function only(domain: Domain): readonly Piece[] {
    let list = alone.get(domain)
    if (list === undefined) {
      list = present([domain], [segments, skipping])
      alone.set(domain, list)
    }
    return list
  }

  return {
    count: numbers,
    bytes: total,
    forPlayer(playerId) {
      const share = shareOf(playerId)
      const [first] = share.segments
      if (share.arrivals.length + share.departures.length > 0) {
        return [
          ...present(share.segments, [segments, skipping]),
          ...present(share.arrivals, [arrivals]),
          ...present(share.departures, [departures]),
        ]
      }
      if (first === undefined) return nothing
      return share.segments.length === 1 ? only(first) : present(share.segments, [segments, skipping])
    },
  }
}

function present(domains: readonly Domain[], parts: readonly ReadonlyMap<Domain, Piece>[]): readonly Piece[] {
  return parts.flatMap((pieces) =>
    domains.map((domain) => pieces.get(domain)).filter((piece) => piece !== undefined),
  )
}
