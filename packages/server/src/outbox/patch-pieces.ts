import {
  createPatchShares,
  type Domain,
  type Operation,
  type Patch,
  type PatchShare,
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
  /**
   * What a player gets of it, as a list of parts, and the same list for all who get the same; who sees nothing of it gets
   * an empty one. Null is a stranger.
   */
  forPlayer(playerId: number | null): readonly Piece[]
}

type Operations = ReadonlyMap<Domain, readonly Operation[]>
type Pieces = ReadonlyMap<Domain, Piece>

/** What a patch is made of, by domain. */
interface Parts {
  readonly segments: Pieces
  readonly skipping: Pieces
  readonly arrivals: Pieces
  readonly departures: Pieces
}

/** How some operations are encoded. */
interface Encoding {
  readonly seen?: TreeSnapshot
  readonly maySkip?: boolean
}

const nothing: readonly Piece[] = []
const noPieces: Pieces = new Map()

/** From one snapshot to the next, by the patch between them. */
export function encodePieces(
  { before, after }: { readonly before: TreeSnapshot; readonly after: TreeSnapshot },
  patch: Patch,
  separated: SeparatedSegments,
): PatchPieces {
  let count = 0
  let total = 0

  function encodeEach(operations: Operations, { seen, maySkip = false }: Encoding = {}): Pieces {
    if (operations.size === 0) return noPieces
    const pieces = new Map<Domain, Piece>()
    for (const [domain, list] of operations) {
      if (list.length === 0) continue
      count += 1
      const bytes = encodeSegmentAt(after, list, seen)
      total += bytes.length
      pieces.set(domain, { number: count, maySkip, bytes })
    }
    return pieces
  }

  const parts = {
    // Who gets a segment saw what it changes, as it was; but not always what may skip. Who gets an arrival did not.
    segments: encodeEach(separated.kept, { seen: before }),
    skipping: encodeEach(separated.skipping, { maySkip: true }),
    arrivals: encodeEach(patch.arrivals),
    departures: encodeEach(patch.departures),
  }
  return { count, bytes: total, forPlayer: createShareOut(createPatchShares(patch), parts) }
}

/** Made where neither the snapshots nor the patch are in reach: what it returns is kept long, and would keep them too. */
function createShareOut(
  shareOf: (playerId: number | null) => PatchShare,
  { segments, skipping, arrivals, departures }: Parts,
): (playerId: number | null) => readonly Piece[] {
  /** Those for whom there is one domain alone, which is nearly everyone nearly always. */
  const alone = new Map<Domain, readonly Piece[]>()
  let lists: Map<string, readonly Piece[]> | null = null

  function only(domain: Domain): readonly Piece[] {
    let list = alone.get(domain)
    if (list === undefined) {
      list = present([domain], [segments, skipping])
      alone.set(domain, list)
    }
    return list
  }

  function known(list: readonly Piece[]): readonly Piece[] {
    let key = ''
    for (const { number } of list) key += `${number},`
    lists ??= new Map()
    const same = lists.get(key)
    if (same === undefined) lists.set(key, list)
    return same ?? list
  }

  return (playerId) => {
    const share = shareOf(playerId)
    if (share.arrivals.length + share.departures.length > 0) {
      return known([
        ...present(share.segments, [segments, skipping]),
        ...present(share.arrivals, [arrivals]),
        ...present(share.departures, [departures]),
      ])
    }
    const [first] = share.segments
    if (first === undefined) return nothing
    return share.segments.length === 1 ? only(first) : known(present(share.segments, [segments, skipping]))
  }
}

function present(domains: readonly Domain[], parts: readonly Pieces[]): readonly Piece[] {
  return parts.flatMap((pieces) =>
    domains.map((domain) => pieces.get(domain)).filter((piece) => piece !== undefined),
  )
}
