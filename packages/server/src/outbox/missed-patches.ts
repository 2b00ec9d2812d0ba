import { type DataModel, foldOperations, type Operation, type TreeDefinition } from '@banyan/datamodel'
import { decodeSegment, type EncodedPatch, encodeSegment } from '@banyan/protocol'
import type { Limits } from '../limits/limits.ts'
import { stampOf } from './patch-frames.ts'
import type { PatchLog } from './patch-log.ts'

/** Folding more at once would hold up everybody; a snapshot costs the others nothing. */
const foldBytesCap = 256 * 1024

/** What an instance takes in a snapshot, by rule of thumb. */
const instanceBytes = 24

/** When a line to many is cut they all lack the same, but for the returns of those before them, which may grow to this. */
const restBytesCap = 4 * 1024
const keptFolds = 4

/** A replica at a patch: a player's, or a stranger's. */
export interface Behind {
  readonly seq: number
  readonly playerId: number | null
  /** Values that may skip are left out of `kept`; `all` when left out. */
  readonly values?: 'all' | 'kept'
  /**
   * Over a slow line few bytes are worth more than the time to make them few. To one that was just told a snapshot they are
   * little, and a fold would hold up everybody while many join.
   */
  readonly line?: 'slow' | 'joining'
}

/** What a replica lacks, in as few patches as it can be told in; null where it needs a snapshot. */
export type MissedPatches = (replica: Behind) => readonly EncodedPatch[] | null

interface Fold {
  readonly seq: number
  readonly patches: readonly EncodedPatch[]
  readonly folded: readonly EncodedPatch[]
}

/** Remembers the last few folds, which are what costs, for others who lack the same. */
export function createMissedPatches({
  log,
  game,
  limits,
}: {
  readonly log: PatchLog
  readonly game: DataModel
  readonly limits: Pick<Limits, 'foldBytes'>
}): MissedPatches {
  const { definition } = game
  let folds: readonly Fold[] = []

  function fold(seq: number, patches: readonly EncodedPatch[]): readonly EncodedPatch[] {
    const known = folds.findLast((one) => one.seq === seq && isStartOf(one.patches, patches))
    const rest = patches.slice(known?.patches.length ?? 0)
    // Not folded in: a fold forgets what it removed and made again.
    if (known !== undefined && bytesOf(rest) <= restBytesCap) return [...known.folded, ...rest]
    const folded = foldPatches(patches, { definition, freshAfter: log.newestIdAt(seq) })
    folds = [...folds.slice(1 - keptFolds), { seq, patches, folded }]
    return folded
  }

  return ({ seq, playerId, values = 'all', line }) => {
    if (!log.reaches(seq, playerId)) return null
    const patches = log.after(seq, playerId, values)
    const bytes = bytesOf(patches)
    const maySpare = line === 'slow' || (line !== 'joining' && bytes > limits.foldBytes)
    if (patches.length < 2 || !maySpare) return patches
    if (bytes > foldBytesCap) return bytes <= game.snapshot.records.size * instanceBytes ? patches : null
    const folded = fold(seq, patches)
    return bytesOf(folded) < bytes ? folded : patches
  }
}

/** Whether the later list goes on from the earlier one: a piece is one object for all who get it. */
function isStartOf(earlier: readonly EncodedPatch[], later: readonly EncodedPatch[]): boolean {
  return earlier.every(({ seq, segments }, index) => {
    const other = later[index]
    return (
      other?.seq === seq &&
      other.segments.length === segments.length &&
      segments.every((segment, at) => segment === other.segments[at])
    )
  })
}

/** Adds what a player lacks of values that may skip, which are told as they are now. Null where that cannot be told just now. */
export function withOwed(
  { log, game }: { readonly log: PatchLog; readonly game: DataModel },
  patches: readonly EncodedPatch[],
  { seq, playerId, since }: { readonly seq: number; readonly playerId: number; readonly since: number },
): readonly EncodedPatch[] | null {
  const owed = log.skipped.owed(since, playerId)?.map(({ bytes }) => bytes) ?? null
  if (owed === null) return null
  if (owed.length === 0) return patches
  const last = patches.at(-1)
  if (last?.seq === game.snapshot.seq) {
    return patches.with(-1, { ...last, segments: [...last.segments, ...owed] })
  }
  return seq < game.snapshot.seq ? [...patches, { ...stampOf(game.snapshot), segments: owed }] : null
}

function bytesOf(patches: readonly EncodedPatch[]): number {
  return patches.reduce(
    (sum, { segments }) => segments.reduce((total, { length }) => total + length, sum + 12),
    0,
  )
}

function foldPatches(
  patches: readonly EncodedPatch[],
  options: { readonly definition: TreeDefinition; readonly freshAfter: number },
): readonly EncodedPatch[] {
  const { definition } = options
  const classOf = new Map<number, number>()
  const decoded = patches.map(({ segments }) =>
    segments.flatMap((segment): readonly Operation[] => {
      const operations = decodeSegment(definition, segment, classOf)
      if (operations.ok) return operations.value
      throw new TypeError(`a segment of this place's own cannot be read: ${operations.problem}`)
    }),
  )
  return foldOperations(decoded, options).flatMap(({ last, operations }) => {
    const patch = patches[last]
    if (patch === undefined) return []
    const segment = encodeSegment(definition, operations, (id) => classOf.get(id) ?? -1)
    return [{ ...patch, segments: [segment] }]
  })
}
