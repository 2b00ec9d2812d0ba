import type { Node } from '../instance/node.ts'
import { attributesFrom, type Draft, tagsFrom } from '../instance/record.ts'
import type { ClassSchema, PropertySchema } from '../schema/class-schema.ts'
import type { Create, PropertyEntry } from '../tree/operation.ts'

/** A reference of a staged instance, whose target may come later. */
export interface PendingReference {
  readonly node: Node
  readonly property: PropertySchema
  readonly target: unknown
}

/** Whether an instance of the class can be made of these properties: each replicates, and they come by growing index. */
export function fitsClass(
  { isAbstract, isService, properties }: ClassSchema,
  entries: readonly PropertyEntry[],
): boolean {
  if (isAbstract || isService) return false
  let last = -1
  for (const entry of entries) {
    if (entry[0] <= last || properties[entry[0]]?.type.replicates !== true) return false
    last = entry[0]
  }
  return true
}

/** Makes what is outside of any tree, has no children, and was made a moment ago equal to what is told; its references come to `pending`. */
export function writeStaged(node: Node, create: Create, pending: PendingReference[]): void {
  const draft = node.now as Draft
  node.id = create.id
  draft.id = create.id
  draft.name = create.name
  draft.order = create.order
  draft.attributes = attributesFrom(create.attributes)
  draft.tags = tagsFrom(create.tags)
  let at = 0
  // Defaults too, since a constructor may have written something else.
  for (const property of node.schema.properties) {
    const { type, index } = property
    if (!type.replicates) continue
    const entry = create.properties[at]
    if (entry?.[0] !== index) {
      draft.values[index] = type.defaultValue
      continue
    }
    at += 1
    if (type.kind === 'reference') {
      draft.values[index] = null
      pending.push({ node, property, target: entry[1] })
    } else {
      draft.values[index] = type.kind === 'nested' ? type.own(entry[1]) : entry[1]
    }
  }
}
