import type { Operation, TreeDefinition, TreeSnapshot } from '@banyan/datamodel'
import { encodeSegment } from '@banyan/protocol'

/** A segment of operations that show a snapshot. Asks that for classes, since the tree may have gone on. */
export function encodeSegmentAt(
  { definition, records }: TreeSnapshot,
  operations: readonly Operation[],
): Uint8Array {
  // Neighbors mostly share a class.
  let name = ''
  let number = 0
  return encodeSegment(definition, operations, (id) => {
    const { className = '' } = records.get(id) ?? {}
    if (className !== name || name === '') {
      number = classNumberOf(definition, className)
      name = className
    }
    return number
  })
}

function classNumberOf(definition: TreeDefinition, className: string): number {
  const made = definition.classByName.get(className)
  const number = made === undefined ? null : definition.classNumberOf(made.schema)
  if (number === null)
    throw new TypeError(`a commit tells of a ${className}, which is no class of this place`)
  return number
}
