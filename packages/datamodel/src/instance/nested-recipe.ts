import { applyNestedEdits, type NestedEdit } from '../data/nested-edit.ts'
import { DataModelError } from '../errors.ts'
import type { NestedEditor } from './nested-update.ts'
import type { Node } from './node.ts'
import { storeProperty } from './property-write.ts'

/** Applies a recipe to the nested properties of a node; nothing changes when it throws or leaves an invalid value. */
export function updateNested(
  node: Node,
  recipe: (draft: Record<string, unknown>) => void,
  edit: NestedEditor,
): void {
  const nested = node.schema.properties.filter(({ type }) => type.kind === 'nested')
  const before = Object.fromEntries(nested.map(({ name, index }) => [name, node.now.values[index]]))
  const { state, edits } = edit(before, recipe)
  const stray = Object.keys(state).find((name) => !Object.hasOwn(before, name))
  if (stray !== undefined)
    throw draftError(node, stray, 'the class has no such nested property. Set it directly')
  for (const { name, type } of nested) {
    const problem = type.problem(state[name])
    if (problem !== null) throw draftError(node, name, `${problem}. Leave plain data in the draft`)
  }
  const changes = nested.flatMap((property) => {
    const old = before[property.name]
    const value = state[property.name]
    if (value === old) return []
    const own = editsOf(property.name, edits)
    // The server stores what replicas will compute, so that the two cannot differ.
    return [{ property, own, stored: own === null ? value : applyNestedEdits(old, own) }]
  })
  for (const { property, own, stored } of changes) {
    storeProperty(node, property, property.type.own(stored))
    keepEdits(node, property.index, own)
  }
}

function draftError(node: Node, property: string, why: string): DataModelError {
  return new DataModelError(
    'invalidValue',
    `cannot update ${node.schema.name}.${property} of "${node.now.name}": ${why}.`,
  )
}

/** The edits of one property, with paths that begin inside it; null when it was replaced as a whole. */
function editsOf(name: string, edits: readonly NestedEdit[]): readonly NestedEdit[] | null {
  const own = edits.filter((edit) => edit.path[0] === name)
  if (own.some((edit) => edit.path.length === 1)) return null
  return own.map((edit) => ({ ...edit, path: edit.path.slice(1) }))
}

function keepEdits(node: Node, index: number, edits: readonly NestedEdit[] | null): void {
  node.edits ??= new Map()
  const known = node.edits.get(index)
  if (known === 'whole') return
  node.edits.set(index, edits === null ? 'whole' : [...(known ?? []), ...edits])
}
