import {
  createPatchShares,
  type Domain,
  type Operation,
  type Patch,
  type TreeSnapshot,
} from '@banyan/datamodel'
import { encodeSegmentAt } from './segment-at.ts'

/** A part of a patch as bytes, the same for all who get it. */
export interface Piece {
  /** Tells equal frames by what they are made of; of no meaning beyond this process. */
  readonly number: number
  readonly bytes: Uint8Array
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
): PatchPieces {
  let numbers = 0
  let total = 0
  const shareOf = createPatchShares(patch)
  // Who gets a segment saw what it changes, as it was. Who gets an arrival did not.
  const segments = encodeEach(patch.segments, before)
  const arrivals = encodeEach(patch.arrivals, null)
  const departures = encodeEach(patch.departures, null)
  /** Those for whom there is one part alone, which is nearly everyone nearly always. */
  const alone = new Map<Domain, readonly Piece[]>()

  function encodeEach(
    operations: ReadonlyMap<Domain, readonly Operation[]>,
    seen: TreeSnapshot | null,
  ): ReadonlyMap<Domain, Piece> {
    const pieces = new Map<Domain, Piece>()
    for (const [domain, list] of operations) {
      if (list.length === 0) continue
      numbers += 1
      const bytes = encodeSegmentAt(after, list, seen)
      total += bytes.length
      pieces.set(domain, { number: numbers, bytes })
    }
    return pieces
  }

  function only(domain: Domain): readonly Piece[] {
    let list = alone.get(domain)
    if (list === undefined) {
      list = present([domain], segments)
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
          ...present(share.segments, segments),
          ...present(share.arrivals, arrivals),
          ...present(share.departures, departures),
        ]
      }
      if (first === undefined) return nothing
      return share.segments.length === 1 ? only(first) : present(share.segments, segments)
    },
  }
}

function present(domains: readonly Domain[], pieces: ReadonlyMap<Domain, Piece>): readonly Piece[] {
  return domains.map((domain) => pieces.get(domain)).filter((piece) => piece !== undefined)
}
