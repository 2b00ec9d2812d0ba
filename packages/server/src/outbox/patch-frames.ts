import type { DataModel, TreeSnapshot } from '@banyan/datamodel'
import { type EncodedPatch, encodePatches, type PatchStamp } from '@banyan/protocol'
import type { Piece } from './patch-pieces.ts'
import { createPieceShares, type PiecedPatch, type PieceShares, piecesFor } from './piece-shares.ts'
import type { SkippedValues } from './skipped-values.ts'

/** What players are told of the patches after a number, each frame made once for all who get the same. */
export interface PatchFrames {
  /** What a player was told after `seq`, oldest first; to be asked only where the log reaches. Without values that may skip where that is asked for. */
  after(seq: number, playerId: number | null, values?: 'all' | 'kept'): readonly EncodedPatch[]
  /** The same as a frame, or null when that is nothing. Shared by all who get the same: not to be written to. */
  frameAfter(seq: number, playerId: number): Uint8Array | null
  /** The same without values that may skip, and whether there were any. */
  frameWithout(seq: number, playerId: number): Told
  /** The same, and once what of values that may skip was written since an older patch. Null where that cannot be told just now. */
  frameOwed(seq: number, playerId: number, since: number): Told | null
  /** There is a newer patch: other frames are asked for from now on. */
  forget(): void
}

/** A frame, or null for nothing to tell. */
export interface Told {
  readonly frame: Uint8Array | null
  /** Whether no value is left out. */
  readonly isWhole: boolean
}

/** A patch as it is told. */
export type ToldPatch = PatchStamp & PiecedPatch

interface SharedPatch {
  readonly stamp: PatchStamp
  readonly sharesOf: PieceShares
}

/** What those who are at one number have in common. */
interface Since {
  readonly patches: readonly SharedPatch[]
  /** By what they are made of: the parts of a single patch, or the numbers of several patches' parts. */
  readonly frames: Map<readonly Piece[] | string, Uint8Array>
}

type Part = readonly [PatchStamp, readonly Piece[]]

/** What a player gets of some patches. */
interface Share {
  readonly parts: readonly Part[]
  /** Equal for all who get the same. */
  readonly key: string
  readonly isWhole: boolean
}

export interface PatchFramesOptions {
  readonly game: DataModel
  readonly skipped: Pick<SkippedValues, 'owed'>
  /** Oldest first. */
  readonly patchesAfter: (seq: number) => readonly ToldPatch[]
}

export function createPatchFrames({ game, skipped, patchesAfter }: PatchFramesOptions): PatchFrames {
  /** By the number that they begin after. Clients mostly have the same, so each costs a look-up. */
  let since = new Map<number, Since>()
  let shares = new Map<ToldPatch, SharedPatch>()

  function shared(patch: ToldPatch): SharedPatch {
    const known = shares.get(patch)
    if (known !== undefined) return known
    const made = { stamp: patch, sharesOf: createPieceShares(patch) }
    shares.set(patch, made)
    return made
  }

  function startOf(seq: number): Since {
    const known = since.get(seq)
    if (known !== undefined) return known
    const made = { patches: patchesAfter(seq).map(shared), frames: new Map() }
    since.set(seq, made)
    return made
  }

  /** What a player gets of the patches after `seq`, and a text that is equal for all who get the same. */
  function shareOf(seq: number, playerId: number, values: 'all' | 'kept'): Share {
    const parts: Part[] = []
    let key = ''
    let isWhole = true
    for (const { stamp, sharesOf } of startOf(seq).patches) {
      const all = sharesOf(playerId)
      const mine = values === 'all' ? all : all.filter(({ maySkip }) => !maySkip)
      if (mine.length < all.length) isWhole = false
      if (mine.length === 0) continue
      parts.push([stamp, mine])
      key += `${stamp.seq}:`
      for (const { number } of mine) key += `${number},`
    }
    return { parts, key, isWhole }
  }

  function frameOf(seq: number, { parts, key }: Share): Uint8Array | null {
    if (parts.length === 0) return null
    const { frames } = startOf(seq)
    let frame = frames.get(key)
    if (frame === undefined) {
      frame = encodePatches(parts.map(([stamp, mine]) => encodedOf(stamp, mine)))
      frames.set(key, frame)
    }
    return frame
  }

  function frameOwed(seq: number, playerId: number, owedSince: number): Told | null {
    const owed = skipped.owed(owedSince, playerId)
    if (owed === null) return null
    const share = shareOf(seq, playerId, 'kept')
    if (owed.length === 0) return { frame: frameOf(seq, share), isWhole: true }
    const { snapshot } = game
    // A client passes over a number that it has had.
    if (snapshot.seq <= seq) return null
    const last = share.parts.at(-1)
    const parts: readonly Part[] =
      last?.[0].seq === snapshot.seq
        ? share.parts.with(-1, [last[0], [...last[1], ...owed]])
        : [...share.parts, [stampOf(snapshot), owed]]
    const key = `${share.key} owed ${owed.map(({ number }) => number).join()}`
    return { frame: frameOf(seq, { ...share, parts, key }), isWhole: true }
  }

  return {
    forget() {
      // Not cleared: what a cleared map held may live on until the next full collection, with all that it leads to.
      since = new Map()
      shares = new Map()
    },
    after: (seq, playerId, values = 'all') =>
      patchesAfter(seq).flatMap((patch) => {
        const all = piecesFor(patch, playerId)
        const mine = values === 'all' ? all : all.filter(({ maySkip }) => !maySkip)
        return mine.length === 0 ? [] : [encodedOf(patch, mine)]
      }),
    frameAfter(seq, playerId) {
      const start = startOf(seq)
      const [only] = start.patches
      if (only === undefined) return null
      if (start.patches.length === 1) return frameOfOne(start, only, playerId)
      return frameOf(seq, shareOf(seq, playerId, 'all'))
    },
    frameWithout(seq, playerId) {
      const share = shareOf(seq, playerId, 'kept')
      return { frame: frameOf(seq, share), isWhole: share.isWhole }
    },
    frameOwed,
  }
}

/** The frame of a single patch, which is nearly every frame: no text is made to find it. */
function frameOfOne(
  { frames }: Since,
  { stamp, sharesOf }: SharedPatch,
  playerId: number,
): Uint8Array | null {
  const mine = sharesOf(playerId)
  if (mine.length === 0) return null
  let frame = frames.get(mine)
  if (frame === undefined) {
    frame = encodePatches([encodedOf(stamp, mine)])
    frames.set(mine, frame)
  }
  return frame
}

function encodedOf({ seq, tick, timeMs }: PatchStamp, pieces: readonly Piece[]): EncodedPatch {
  return { seq, tick, timeMs, segments: pieces.map(({ bytes }) => bytes) }
}

/** Of the last commit. */
export function stampOf({ seq, tick, timeMs }: TreeSnapshot): PatchStamp {
  return { seq, tick, timeMs }
}
