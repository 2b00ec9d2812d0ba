import type { Operation, TreeDefinition } from '@banyan/datamodel'
import { decodeSegment, type EncodedPatch } from '@banyan/protocol'

/** A patch that a player got, in kinds and ids. */
export interface RecentPatch {
  readonly seq: number
  readonly tick: number
  /** Sixteen at most. */
  readonly operations: readonly { readonly kind: Operation['kind']; readonly id: number }[]
}

/** Patches that are told of, and operations of each. */
const patchCap = 8
const operationCap = 16

/** What is decoded for one report, at most. */
const byteCap = 128 * 1024

/** The last of these patches that tell of the instances; the last ones of all where none does. */
export function recentPatches(
  patches: readonly EncodedPatch[],
  { definition, ids }: { readonly definition: TreeDefinition; readonly ids: ReadonlySet<number> },
): readonly RecentPatch[] {
  const all: RecentPatch[] = []
  const telling: RecentPatch[] = []
  let bytes = 0
  for (const { seq, tick, segments } of patches.toReversed()) {
    bytes += segments.reduce((sum, { length }) => sum + length, 0)
    if (bytes > byteCap || telling.length === patchCap) break
    const operations = segments.flatMap((segment) => {
      const decoded = decodeSegment(definition, segment)
      return decoded.ok ? decoded.value.map(({ kind, id }) => ({ kind, id })) : []
    })
    if (all.length < patchCap) all.unshift({ seq, tick, operations: operations.slice(0, operationCap) })
    const about = operations.filter(({ id }) => ids.has(id))
    if (about.length > 0) telling.unshift({ seq, tick, operations: about.slice(0, operationCap) })
  }
  return telling.length > 0 ? telling : all
}
