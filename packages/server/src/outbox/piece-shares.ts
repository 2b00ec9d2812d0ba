import { createPatchShares, type Domain, everyone, meets, type SharedPatch } from '@banyan/datamodel'
import type { DomainPiece, Piece, PieceKind } from './patch-pieces.ts'

/** Of a patch: its pieces, and what tells who gets which. */
export interface PiecedPatch extends SharedPatch {
  readonly pieces: readonly DomainPiece[]
}

/** What a player gets of a patch, for one question: it makes nothing that others could use. Null is a stranger. */
export function piecesFor(patch: PiecedPatch, playerId: number | null): readonly Piece[] {
  const { pieces, conditions, changes, audiences } = patch
  if (isForAll(patch)) return pieces
  const met = playerId === null ? undefined : audiences.get(playerId)
  const change = met === undefined || playerId === null ? undefined : changes.get(playerId)
  return pieces.filter(({ kind, domain }) => {
    if (kind === 'arrival') return change?.gained.includes(domain)
    if (kind === 'departure') return change?.lost.includes(domain)
    const needed = conditions.get(domain) ?? []
    return meets(met ?? [], needed) && (change === undefined || meets(change.before, needed))
  })
}

/**
 * What a player gets of a patch, and the same list for all who get the same; who sees nothing of it gets an empty one.
 * Null is a stranger.
 */
export type PieceShares = (playerId: number | null) => readonly Piece[]

const nothing: readonly Piece[] = []

/** For the questions of many. To be kept no longer: it takes several times what the patch does. */
export function createPieceShares(patch: PiecedPatch): PieceShares {
  return isForAll(patch) ? () => patch.pieces : sharesApart(patch)
}

function isForAll({ conditions, changes }: PiecedPatch): boolean {
  return changes.size === 0 && conditions.size === (conditions.has(everyone) ? 1 : 0)
}

function sharesApart(patch: PiecedPatch): PieceShares {
  const shareOf = createPatchShares(patch)
  const segments = byDomain(patch, 'segment')
  const arrivals = byDomain(patch, 'arrival')
  const departures = byDomain(patch, 'departure')
  const lists = new Map<string, readonly Piece[]>()

  function known(list: readonly Piece[]): readonly Piece[] {
    let key = ''
    for (const { number } of list) key += `${number},`
    const same = lists.get(key)
    if (same === undefined) lists.set(key, list)
    return same ?? list
  }

  return (playerId) => {
    const share = shareOf(playerId)
    const [first, second] = share.segments
    if (second === undefined && share.arrivals.length + share.departures.length === 0) {
      // One domain alone, which is nearly everyone nearly always.
      return (first === undefined ? undefined : segments.get(first)) ?? nothing
    }
    return known([
      ...present(share.segments, segments),
      ...present(share.arrivals, arrivals),
      ...present(share.departures, departures),
    ])
  }
}

type Pieces = ReadonlyMap<Domain, readonly Piece[]>

function byDomain({ pieces }: PiecedPatch, wanted: PieceKind): Pieces {
  const lists = new Map<Domain, Piece[]>()
  for (const piece of pieces) {
    if (piece.kind !== wanted) continue
    const list = lists.get(piece.domain)
    if (list === undefined) lists.set(piece.domain, [piece])
    else list.push(piece)
  }
  return lists
}

function present(domains: readonly Domain[], pieces: Pieces): readonly Piece[] {
  return domains.flatMap((domain) => pieces.get(domain) ?? nothing)
}
