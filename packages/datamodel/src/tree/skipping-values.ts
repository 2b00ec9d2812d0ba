import type { DataModel } from './data-model.ts'
import type { Domain } from './domain.ts'
import type { Operation, PropertyEntry } from './operation.ts'
import { treeOf } from './tree.ts'
import type { TreeSnapshot } from './tree-snapshot.ts'

type SetOperation = Extract<Operation, { readonly kind: 'set' }>

/** The operations of one segment, by whether a reader may go without them for a while. */
export interface SeparatedOperations {
  readonly kept: readonly Operation[]
  readonly skipping: readonly SetOperation[]
}

/** Takes writes of properties that may skip apart from all else, each in their order. The snapshot is that of the patch. */
export function separateSkipping(
  { records, definition }: TreeSnapshot,
  operations: readonly Operation[],
): SeparatedOperations {
  const schemaOf = (id: number) => definition.classByName.get(records.get(id)?.className ?? '')?.schema
  const kept: Operation[] = []
  const skipping: SetOperation[] = []
  for (const operation of operations) {
    const schema = operation.kind === 'set' ? schemaOf(operation.id) : undefined
    if (operation.kind !== 'set' || schema === undefined || schema.skipping.length === 0) {
      kept.push(operation)
      continue
    }
    const maySkip = ([index]: PropertyEntry): boolean => schema.properties[index]?.type.maySkip === true
    const those = operation.properties.filter(maySkip)
    if (those.length === operation.properties.length) {
      skipping.push(operation)
      continue
    }
    if (those.length > 0) skipping.push({ ...operation, properties: those })
    kept.push({ ...operation, properties: operation.properties.filter((entry) => !maySkip(entry)) })
  }
  return { kept, skipping }
}

/**
 * What these properties hold since the last commit, as one `set` for each instance, by growing id, for those who see the
 * domain. What has left it, or the tree, is passed over. Null while something has left the tree since the commit.
 */
export function describeValues(
  game: DataModel,
  domain: Domain,
  wanted: Iterable<readonly [id: number, indexes: Iterable<number>]>,
): readonly SetOperation[] | null {
  const { nodes, records } = treeOf(game)
  const operations: SetOperation[] = []
  for (const [id, indexes] of wanted) {
    const node = nodes.get(id)
    if (node === undefined && records.has(id)) return null
    const record = node?.record ?? null
    if (node === undefined || record === null || node.committedDomain !== domain) continue
    const properties: PropertyEntry[] = []
    for (const index of indexes) {
      if (index < record.values.length) properties.push([index, record.values[index]])
    }
    properties.sort(([one], [other]) => one - other)
    operations.push({ kind: 'set', id, properties })
  }
  return operations.sort((one, other) => one.id - other.id)
}
