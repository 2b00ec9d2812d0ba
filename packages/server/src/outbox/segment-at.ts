import type { Operation, TreeDefinition, TreeSnapshot } from '@banyan/datamodel'
import { encodeChanges } from '@banyan/protocol'

/**
 * A segment of operations that lead to a snapshot, or show it. Asks that for classes, since the tree may have gone on.
 * `before` is what all who get the segment were told until then: nothing, or the snapshot that the operations lead from.
 */
export function encodeSegmentAt(
  { definition, records }: TreeSnapshot,
  operations: readonly Operation[],
  before: TreeSnapshot | null = null,
): Uint8Array {
  return encodeChanges(definition, operations, {
    classNumberOf: (id) => classNumberOf(definition, records.get(id)?.className ?? ''),
    ...(before === null ? {} : { valueBefore: (id, property) => valueAt(before, id, property) }),
  })
}

/** Nothing of what not everyone sees: who becomes an owner is told of a change that they did not see the beginning of. */
function valueAt({ definition, records }: TreeSnapshot, id: number, index: number): unknown {
  const record = records.get(id)
  const property = definition.classByName.get(record?.className ?? '')?.schema.properties[index]
  return property?.type.visibleTo === 'everyone' ? record?.properties[property.name] : undefined
}

function classNumberOf(definition: TreeDefinition, className: string): number {
  const made = definition.classByName.get(className)
  const number = made === undefined ? null : definition.classNumberOf(made.schema)
  if (number === null)
    throw new TypeError(`a commit tells of a ${className}, which is no class of this place`)
  return number
}
