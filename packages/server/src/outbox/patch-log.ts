import { type CommitOptions, type DataModel, everyone, isEmptyPatch, type Patch } from '@banyan/datamodel'
import { createPatchFrames, type PatchFrames, type ToldPatch } from './patch-frames.ts'
import { createPatchHorizon, type ForgottenPatch, type Reader } from './patch-horizon.ts'
import { encodePieces, separateSegments } from './patch-pieces.ts'
import { createSkippedValues, type SkippedValues } from './skipped-values.ts'

/** How much of the past a place keeps for those who missed it. */
export interface PatchBound {
  readonly count: number
  readonly bytes: number
}

/** The house's bound, which is minutes of a busy place. */
export const patchBound: PatchBound = Object.freeze({ count: 4096, bytes: 8 * 1024 * 1024 })

/** The last committed patches, each part encoded once. A player is null for what a stranger is told: what everyone sees. */
export interface PatchLog extends Omit<PatchFrames, 'forget'> {
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
  /** The highest id of what anybody had been told of when the patches after `seq` began. */
  newestIdAt(seq: number): number
}

/** Without its operations, which its pieces tell: what is kept of a patch is what is counted. */
interface LoggedPatch extends ForgottenPatch, ToldPatch {
  readonly bytes: number
  /** The highest id that was told before it. */
  readonly newestIdBefore: number
}

/** What a patch and each of its pieces, domains and regrouped players take beside the bytes, nearly. */
const patchOverhead = 256
const entryOverhead = 144

/** So many forgotten patches are held at most. */
const forgottenCap = 256

/** The conditions of nearly every patch. */
const forAll: Patch['conditions'] = new Map([[everyone, []]])

function isForAll(conditions: Patch['conditions']): boolean {
  return conditions.size === 1 && conditions.has(everyone)
}

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
  const { forget: forgetFrames, ...frames } = createPatchFrames({
    game,
    skipped,
    patchesAfter: (seq) => kept.slice(indexAfter(seq)),
  })

  function keep(patch: Patch): void {
    const { seq, tick, timeMs, conditions, changes, audiences } = patch
    const separated = separateSegments(game.definition, patch)
    const pieces = encodePieces(game.snapshot, patch, separated)
    skipped.note(patch, separated.skipping)
    let bytes = patchOverhead + (pieces.length + conditions.size + changes.size) * entryOverhead
    for (const piece of pieces) {
      bytes += piece.bytes.length
      if (piece.domain === everyone && piece.kind === 'segment') toldBytes += piece.bytes.length
    }
    const told = { conditions: isForAll(conditions) ? forAll : conditions, changes, audiences, pieces }
    kept.push({ seq, tick, timeMs, ...told, bytes, newestIdBefore: newestId })
    bytesKept += bytes
    while (kept.length - first > bound.count || bytesKept > bound.bytes) forgetFirst()
  }

  function noteIds({ segments }: Patch): void {
    for (const { rest } of segments.values()) {
      for (const { kind, id } of rest) if (kind === 'create' && id > newestId) newestId = id
    }
  }

  function forgetFirst(): void {
    const oldest = kept[first]
    if (oldest === undefined) return
    horizon.forget(oldest)
    goneSeq = oldest.seq
    bytesKept -= oldest.bytes
    first += 1
    // Cut off now and then, so that forgetting costs nothing each time; but what is forgotten takes its room until then.
    if (first < forgottenCap && first * 2 < kept.length) return
    kept = kept.slice(first)
    first = 0
  }

  function indexAfter(seq: number): number {
    let from = kept.length
    while (from > first && (kept[from - 1]?.seq ?? 0) > seq) from -= 1
    return from
  }

  /** What a player met when the oldest patch was made that is kept. */
  function readerOf(playerId: number | null): Reader {
    if (playerId === null) return { playerId, met: [] }
    const oldest = kept[first]
    const met =
      oldest?.changes.get(playerId)?.before ?? (oldest?.audiences ?? game.snapshot.audiences).get(playerId)
    return { playerId, met: met ?? [] }
  }

  return {
    ...frames,
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
      if (patch.seq !== before.seq) forgetFrames()
      if (isEmptyPatch(patch)) return
      committed(patch)
      if (hasReaders) keep(patch)
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
    newestIdAt: (seq) => kept[indexAfter(seq)]?.newestIdBefore ?? newestId,
    reaches: (seq, playerId) => horizon.reaches(seq, readerOf(playerId)),
  }
}
