import {
  type Create,
  isSameValue,
  type Operation,
  type PropertyEntry,
  type TreeDefinition,
} from '@banyan/datamodel'

/** What a snapshot changed, as operations from one view of a replica to a later one; nested values are whole. */
export function viewDifference(
  before: readonly Create[],
  after: readonly Create[],
  definition: TreeDefinition,
): readonly Operation[] {
  const old = new Map(before.map((create) => [create.id, create]))
  const operations: Operation[] = []
  for (const create of after) {
    const was = old.get(create.id)
    old.delete(create.id)
    if (was === undefined) operations.push(create)
    else operations.push(...changesOf(was, create, definition))
  }
  for (const id of old.keys()) operations.push({ kind: 'remove', id })
  return operations
}

function changesOf(was: Create, now: Create, definition: TreeDefinition): readonly Operation[] {
  const { id, name, order, parent, tags } = now
  const operations: Operation[] = []
  if (was.parent !== parent) operations.push({ kind: 'move', id, parent, order })
  if (was.name !== name) operations.push({ kind: 'rename', id, name })
  const properties = changedProperties(was, now, definition)
  if (properties.length > 0) operations.push({ kind: 'set', id, properties })
  for (const attribute of new Set([...Object.keys(was.attributes), ...Object.keys(now.attributes)])) {
    const value = now.attributes[attribute] ?? null
    if (!isSameValue(was.attributes[attribute] ?? null, value)) {
      operations.push({ kind: 'attribute', id, name: attribute, value })
    }
  }
  if (was.tags.join('\0') !== tags.join('\0')) operations.push({ kind: 'tags', id, tags })
  return operations
}

/** Views leave out what has its default. */
function changedProperties(was: Create, now: Create, definition: TreeDefinition): readonly PropertyEntry[] {
  const [old, fresh] = [new Map(was.properties), new Map(now.properties)]
  const schema = definition.classes[now.classNumber]?.schema
  const changed: PropertyEntry[] = []
  for (const { index, type } of schema?.properties ?? []) {
    const valueIn = (view: ReadonlyMap<number, unknown>): unknown =>
      view.has(index) ? view.get(index) : type.defaultValue
    if (!isSameValue(valueIn(old), valueIn(fresh))) changed.push([index, valueIn(fresh)])
  }
  return changed
}
