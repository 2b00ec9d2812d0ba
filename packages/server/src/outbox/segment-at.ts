import type { Operation, TreeDefinition, TreeSnapshot } from '@banyan/datamodel'
import { encodeSegment } from '@banyan/protocol'

/** A segment of operations that lead to a snapshot, or show it. Asks that for classes, since the tree may have gone on. */
export function encodeSegmentAt(
  { definition, records }: TreeSnapshot,
  operations: readonly Operation[],
): Uint8Array {
  return encodeSegment(definition, operations, (id) =>
    classNumberOf(definition, records.get(id)?.className ?? ''),
  )
}

function classNumberOf(definition: TreeDefinition, className: string): number {
  const made = definition.classByName.get(className)
  const number = made === undefined ? null : definition.classNumberOf(made.schema)
  if (number === null)
    throw new TypeError(`a commit tells of a ${className}, which is no class of this place`)
  return number
}
