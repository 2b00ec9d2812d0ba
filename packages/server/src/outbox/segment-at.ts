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
  // Neighbors mostly share a class.
  let name = ''
  let number = 0
  return encodeChanges(definition, operations, {
    classNumberOf(id) {
      const { className = '' } = records.get(id) ?? {}
      if (className !== name || name === '') {
        number = classNumberOf(definition, className)
        name = className
      }
      return number
    },
    ...(before === null ? {} : { lookBefore: (of, property) => lookInto(before, of, property) }),
  })
}

/** Nothing of what not everyone sees: who becomes an owner is told of a change that they did not see the beginning of. */
function lookInto(
  { definition, records }: TreeSnapshot,
  classNumber: number,
  index: number,
): ((id: number) => unknown) | null {
  const property = definition.classes[classNumber]?.schema.properties[index]
  if (property?.type.visibleTo !== 'everyone') return null
  return (id) => records.get(id)?.values[index]
}

function classNumberOf(definition: TreeDefinition, className: string): number {
  const made = definition.classByName.get(className)
  const number = made === undefined ? null : definition.classNumberOf(made.schema)
  if (number === null)
    throw new TypeError(`a commit tells of a ${className}, which is no class of this place`)
  return number
}
