import { type DataModel, foldOperations, type Operation, type TreeDefinition } from '@banyan/datamodel'
import { decodeSegment, type EncodedPatch, encodeSegment } from '@banyan/protocol'
import type { PatchLog } from './patch-log.ts'

/** Folding more at once would hold up everybody; a snapshot costs the others nothing. */
const foldBytesCap = 256 * 1024

/** What an instance takes in a snapshot, by rule of thumb. */
const instanceBytes = 24

/** What a player's replica at `seq` lacks, or a stranger's, in as few patches as it can be told in; null where it needs a snapshot. */
export function missedPatches(
  { log, game }: { readonly log: PatchLog; readonly game: DataModel },
  { seq, playerId }: { readonly seq: number; readonly playerId: number | null },
): readonly EncodedPatch[] | null {
  if (!log.reaches(seq, playerId)) return null
  const patches = log.after(seq, playerId)
  const bytes = bytesOf(patches)
  if (patches.length < 2) return patches
  if (bytes > foldBytesCap) return bytes <= game.snapshot.records.size * instanceBytes ? patches : null
  const { definition } = game
  const folded = foldPatches(patches, { definition, freshAfter: log.newestIdAt(seq) })
  return bytesOf(folded) < bytes ? folded : patches
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
