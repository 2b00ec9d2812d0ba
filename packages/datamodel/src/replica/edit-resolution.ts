import { applyNestedEdits } from '../data/nested-edit.ts'
import { DataModelError } from '../errors.ts'
import { baseOf } from '../instance/overlay.ts'
import type { Operation } from '../tree/operation.ts'
import type { PatchBase } from './patch-check.ts'

/**
 * The same operations with each edit as a write of the whole value that it leads to, so that an edit which does not fit
 * is found before anything has changed. Edits apply to the server's value, not to a local overlay. The operations are
 * checked.
 */
export function resolveEdits(base: PatchBase, operations: readonly Operation[]): readonly Operation[] {
  if (!operations.some(({ kind }) => kind === 'edit')) return operations
  const values = new Map<string, unknown>()
  return operations.map((operation) => {
    if (operation.kind !== 'edit') return operation
    const { id, property: index, edits } = operation
    const key = `${id} ${index}`
    const before = values.has(key) ? values.get(key) : valueAt(base, id, index)
    const value = applyNestedEdits(before, edits)
    values.set(key, value)
    return { kind: 'set', id, properties: [[index, value]] }
  })
}

function valueAt({ find }: PatchBase, id: number, index: number): unknown {
  const node = find(id)
  const property = node?.schema.properties[index]
  if (node !== undefined && property?.type.kind === 'nested') {
    return baseOf(node, property.name, node.now.values[index])
  }
  throw new DataModelError(
    'notFound',
    `cannot edit property ${index} of instance ${id}: the replica has no nested value there. Ask for a fresh snapshot.`,
  )
}
