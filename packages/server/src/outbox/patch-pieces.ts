import {
  createPatchShares,
  type Domain,
  type Operation,
  type Patch,
  type PatchShare,
  type SeparatedSegment,
  separateSkipping,
  type TreeDefinition,
  type TreeSnapshot,
} from '@banyan/datamodel'
import { encodeCommitted } from '@banyan/protocol'
import { encodeSegmentAt } from './segment-at.ts'

/** A part of a patch as bytes, the same for all who get it. */
export interface Piece {
  /** Tells equal frames by what they are made of; of no meaning beyond this process. */
  readonly number: number
  /** Whether it has nothing but values that may skip. */
  readonly maySkip: boolean
  readonly bytes: Uint8Array
}

/** The segments of a patch, apart by whether readers may go without them for a while. */
export interface SeparatedSegments {
  readonly kept: ReadonlyMap<Domain, SeparatedSegment['kept']>
  readonly skipping: ReadonlyMap<Domain, SeparatedSegment['skipping']>
}

/** Takes what may skip in a patch apart. */
export function separateSegments(definition: TreeDefinition, { segments }: Patch): SeparatedSegments {
  if (!hasSkipping(definition)) return { kept: segments, skipping: new Map() }
  const kept = new Map<Domain, SeparatedSegment['kept']>()
  const skipping = new Map<Domain, SeparatedSegment['skipping']>()
  for (const [domain, segment] of segments) {
    const separated = separateSkipping(segment)
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

type Pieces = ReadonlyMap<Domain, Piece>

/** What a patch is made of, by domain. */
interface Parts {
  readonly segments: Pieces
  readonly skipping: Pieces
  readonly arrivals: Pieces
  readonly departures: Pieces
}

const nothing: readonly Piece[] = []
const noPieces: Pieces = new Map()

/** The snapshot is that of the patch. */
export function encodePieces(
  snapshot: TreeSnapshot,
  patch: Patch,
  { kept, skipping }: SeparatedSegments,
): PatchPieces {
  const { definition } = snapshot
  const encoder = new PieceEncoder()
  const glimpse = (operations: readonly Operation[]) => encodeSegmentAt(snapshot, operations)
  const parts = {
    segments: encoder.each(kept, (segment) => encodeCommitted(definition, segment)),
    skipping: encoder.each(skipping, (runs) => encodeCommitted(definition, { rest: [], runs }), 'skipping'),
    arrivals: encoder.each(patch.arrivals, glimpse),
    departures: encoder.each(patch.departures, glimpse),
  }
  const { count, bytes } = encoder
  return { count, bytes, forPlayer: createShareOut(createPatchShares(patch), parts) }
}

/** Encodes the parts of a patch, and counts them. */
class PieceEncoder {
  count = 0
  bytes = 0

  each<Part>(
    parts: ReadonlyMap<Domain, Part>,
    encode: (part: Part) => Uint8Array,
    values: 'kept' | 'skipping' = 'kept',
  ): Pieces {
    if (parts.size === 0) return noPieces
    const pieces = new Map<Domain, Piece>()
    for (const [domain, part] of parts) {
      const bytes = encode(part)
      if (bytes.length === 0) continue
      this.count += 1
      this.bytes += bytes.length
      pieces.set(domain, { number: this.count, maySkip: values === 'skipping', bytes })
    }
    return pieces
  }
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
