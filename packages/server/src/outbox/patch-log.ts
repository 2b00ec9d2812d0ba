import {
  type CommitOptions,
  type DataModel,
  isEmptyPatch,
  type Patch,
  type TreeSnapshot,
} from '@banyan/datamodel'
import { type EncodedPatch, encodePatches, type PatchStamp } from '@banyan/protocol'
import { createPatchHorizon, type ForgottenPatch, type Reader } from './patch-horizon.ts'
import { encodePieces, type PatchPieces, type Piece, separateSegments } from './patch-pieces.ts'
import { createSkippedValues, type SkippedValues } from './skipped-values.ts'

/** How much of the past a place keeps for those who missed it. */
export interface PatchBound {
  readonly count: number
  readonly bytes: number
}

/** The house's bound, which is minutes of a busy place. */
export const patchBound: PatchBound = Object.freeze({ count: 4096, bytes: 8 * 1024 * 1024 })

/** The last committed patches, each part encoded once. A player is null for what a stranger is told: what everyone sees. */
export interface PatchLog {
  /** The bytes that all players together were told since the start. */
  readonly toldBytes: number
  /** The last patch that hid something from everyone which was not destroyed; 0 before the first. */
  readonly hidFromAllSeq: number
  /** The last patch that is not kept. */
  readonly goneSeq: number
  /** Which values that may skip were written, for those who were not told. */
  readonly skipped: Omit<SkippedValues, 'note'>
  /** Commits; encodes only while somebody is in the place, or may come back to it, or join what was shown before. */
  commit(at: CommitOptions & { readonly hasReaders: boolean }): void
  /** Whether everything is kept that a player was told after `seq`; one who is in the place since before that. */
  reaches(seq: number, playerId: number | null): boolean
  /** What a player was told after `seq`, oldest first; to be asked only where the log reaches. Without values that may skip where that is asked for. */
  after(seq: number, playerId: number | null, values?: 'all' | 'kept'): readonly EncodedPatch[]
  /** The highest id of what anybody had been told of when the patches after `seq` began. */
  newestIdAt(seq: number): number
  /** The same as a frame, or null when that is nothing. Shared by all who get the same: not to be written to. */
  frameAfter(seq: number, playerId: number): Uint8Array | null
  /** The same without values that may skip, and whether there were any. */
  frameWithout(seq: number, playerId: number): Told
  /** The same, and once what of values that may skip was written since an older patch. Null where that cannot be told just now. */
  frameOwed(seq: number, playerId: number, since: number): Told | null
}

/** A frame, or null for nothing to tell. */
export interface Told {
  readonly frame: Uint8Array | null
  /** Whether no value is left out. */
  readonly isWhole: boolean
}

/** Without its operations, which its pieces tell: what is kept of a patch is what is counted. */
interface LoggedPatch extends ForgottenPatch {
  readonly stamp: PatchStamp
  readonly audiences: Patch['audiences']
  readonly pieces: PatchPieces
  readonly bytes: number
  /** The highest id that was told before it. */
  readonly newestIdBefore: number
}

/** What those who are at one number have in common. */
interface Since {
  readonly patches: readonly LoggedPatch[]
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

/** What a patch and each of its pieces, domains and regrouped players take beside the bytes, nearly. */
const patchOverhead = 128
const entryOverhead = 48

/** `committed` hears of each commit that has operations; it must not throw. */
export function createPatchLog(options: {
  readonly game: DataModel
  readonly bound: PatchBound
  readonly committed: (patch: Patch) => void
}): PatchLog {
  const { game, bound, committed } = options
  /** Oldest first, from `first` on. */
  let kept: LoggedPatch[] = []
  let first = 0
  let bytesKept = 0
  let toldBytes = 0
  let hidFromAllSeq = 0
  let goneSeq = game.snapshot.seq
  let newestId = game.getDescendants().reduce((newest, { id }) => Math.max(newest, id), 0)
  const horizon = createPatchHorizon(game.snapshot.seq)
  const skipped = createSkippedValues(game)
  /** By the number that they begin after. Clients mostly have the same, so each costs a look-up. */
  const since = new Map<number, Since>()

  function keep(patch: Patch, before: TreeSnapshot): void {
    const { seq, tick, timeMs, conditions, changes, audiences } = patch
    const after = game.snapshot
    const separated = separateSegments(after, patch)
    const pieces = encodePieces({ before, after }, patch, separated)
    skipped.note(patch, separated.skipping)
    const entries = pieces.count + conditions.size + changes.size
    const bytes = patchOverhead + entries * entryOverhead + pieces.bytes
    const stamp = { seq, tick, timeMs }
    kept.push({ seq, stamp, conditions, changes, audiences, pieces, bytes, newestIdBefore: newestId })
    bytesKept += bytes
    for (const piece of pieces.forPlayer(null)) toldBytes += piece.bytes.length
    while (kept.length - first > bound.count || bytesKept > bound.bytes) forgetFirst()
  }

  function noteIds({ segments }: Patch): void {
    for (const operations of segments.values()) {
      for (const { kind, id } of operations) if (kind === 'create' && id > newestId) newestId = id
    }
  }

  function forgetFirst(): void {
    const oldest = kept[first]
    if (oldest === undefined) return
    horizon.forget(oldest)
    goneSeq = oldest.seq
    bytesKept -= oldest.bytes
    first += 1
    // Cut off now and then, so that forgetting costs nothing each time.
    if (first * 2 < kept.length) return
    kept = kept.slice(first)
    first = 0
  }

  function startOf(seq: number): Since {
    const known = since.get(seq)
    if (known !== undefined) return known
    let from = kept.length
    while (from > first && (kept[from - 1]?.seq ?? 0) > seq) from -= 1
    const made = { patches: kept.slice(from), frames: new Map() }
    since.set(seq, made)
    return made
  }

  /** What a player met when the oldest patch was made that is kept. */
  function readerOf(playerId: number | null): Reader {
    if (playerId === null) return { playerId, met: [] }
    const oldest = kept[first]
    const met =
      oldest?.changes.get(playerId)?.before ?? (oldest?.audiences ?? game.snapshot.audiences).get(playerId)
    return { playerId, met: met ?? [] }
  }

  /** What a player gets of the patches after `seq`, and a text that is equal for all who get the same. */
  function shareOf(seq: number, playerId: number, values: 'all' | 'kept'): Share {
    const parts: Part[] = []
    let key = ''
    let isWhole = true
    for (const { stamp, pieces } of startOf(seq).patches) {
      const all = pieces.forPlayer(playerId)
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
    skipped,
    get toldBytes() {
      return toldBytes
    },
    get hidFromAllSeq() {
      return hidFromAllSeq
    },
    get goneSeq() {
      return goneSeq
    },
    commit({ hasReaders, ...at }) {
      const before = game.snapshot
      const patch = game.commit(at)
      if (patch.seq !== before.seq) since.clear()
      if (isEmptyPatch(patch)) return
      committed(patch)
      if (hasReaders) keep(patch, before)
      noteIds(patch)
      if (patch.hidFromAll) hidFromAllSeq = patch.seq
      if (hasReaders) return
      kept = []
      first = 0
      bytesKept = 0
      horizon.forgetAll(patch.seq)
      skipped.forget(null)
      goneSeq = patch.seq
    },
    newestIdAt: (seq) => startOf(seq).patches[0]?.newestIdBefore ?? newestId,
    reaches: (seq, playerId) => horizon.reaches(seq, readerOf(playerId)),
    after: (seq, playerId, values = 'all') =>
      startOf(seq).patches.flatMap(({ stamp, pieces }) => {
        const all = pieces.forPlayer(playerId)
        const mine = values === 'all' ? all : all.filter(({ maySkip }) => !maySkip)
        return mine.length === 0 ? [] : [encodedOf(stamp, mine)]
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
function frameOfOne({ frames }: Since, { stamp, pieces }: LoggedPatch, playerId: number): Uint8Array | null {
  const mine = pieces.forPlayer(playerId)
  if (mine.length === 0) return null
  let frame = frames.get(mine)
  if (frame === undefined) {
    frame = encodePatches([encodedOf(stamp, mine)])
    frames.set(mine, frame)
  }
  return frame
}

function encodedOf(stamp: PatchStamp, pieces: readonly Piece[]): EncodedPatch {
  return { ...stamp, segments: pieces.map(({ bytes }) => bytes) }
}

/** Of the last commit. */
export function stampOf({ seq, tick, timeMs }: TreeSnapshot): PatchStamp {
  return { seq, tick, timeMs }
}
