import {
  type Domain,
  type Operation,
  type Patch,
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

/** Whom a piece is for: who saw a domain and sees it, who begins to, or who ceases to. */
export type PieceKind = 'segment' | 'arrival' | 'departure'

/** A piece, and who gets it. */
export interface DomainPiece extends Piece {
  readonly domain: Domain
  readonly kind: PieceKind
}

/** Each part of a patch encoded once, whoever gets it; without empty ones. The snapshot is that of the patch. */
export function encodePieces(
  snapshot: TreeSnapshot,
  { arrivals, departures }: Patch,
  { kept, skipping }: SeparatedSegments,
): readonly DomainPiece[] {
  const { definition } = snapshot
  const pieces: DomainPiece[] = []
  function encodeEach<Part>(
    parts: ReadonlyMap<Domain, Part>,
    { kind, maySkip = false }: Pick<DomainPiece, 'kind'> & Partial<Pick<Piece, 'maySkip'>>,
    encode: (part: Part) => Uint8Array,
  ): void {
    for (const [domain, part] of parts) {
      const bytes = encode(part)
      if (bytes.length > 0) pieces.push({ number: pieces.length, maySkip, bytes, domain, kind })
    }
  }
  const glimpse = (operations: readonly Operation[]) => encodeSegmentAt(snapshot, operations)
  encodeEach(kept, { kind: 'segment' }, (segment) => encodeCommitted(definition, segment))
  encodeEach(skipping, { kind: 'segment', maySkip: true }, (runs) =>
    encodeCommitted(definition, { rest: [], runs }),
  )
  encodeEach(arrivals, { kind: 'arrival' }, glimpse)
  encodeEach(departures, { kind: 'departure' }, glimpse)
  // A list that grew has room to spare, and this one is kept.
  return pieces.slice()
}
