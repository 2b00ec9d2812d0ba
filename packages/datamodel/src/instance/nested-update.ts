import { applyNestedEdits, type NestedEdit } from '../data/nested-edit.ts'
import { DataModelError } from '../errors.ts'
import type { PropertiesOf } from '../schema/define-class.ts'
import type { CFrame } from '../values/cframe.ts'
import type { Color3 } from '../values/color3.ts'
import type { Vector2 } from '../values/vector2.ts'
import type { Vector3 } from '../values/vector3.ts'
import type { Instance } from './instance.ts'
import type { Node } from './node.ts'
import { storeProperty } from './property-write.ts'

type NotNested = Vector2 | Vector3 | CFrame | Color3 | Instance | null

type Writable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Writable<Value[Key]> } : Value

/** The nested properties of an instance type, as a recipe may write them. */
export type NestedDraft<Of> = {
  -readonly [Name in keyof PropertiesOf<Of> as PropertiesOf<Of>[Name] extends NotNested
    ? never
    : PropertiesOf<Of>[Name] extends object
      ? Name
      : never]: Writable<PropertiesOf<Of>[Name]>
}

/** Runs a recipe on nested state and tells what it changed; the first path element is the property. Passed in by the server. */
export type NestedEditor = (
  state: Readonly<Record<string, unknown>>,
  recipe: (draft: Record<string, unknown>) => void,
) => { readonly state: Readonly<Record<string, unknown>>; readonly edits: readonly NestedEdit[] }

/** Applies a recipe to the nested properties of a node; nothing changes when it throws or leaves an invalid value. */
export function applyRecipe(node: Node, recipe: (draft: Record<string, unknown>) => void): void {
  const editor = node.tree?.editNested
  if (editor === undefined) {
    throw new DataModelError(
      'wrongSide',
      `cannot update "${node.now.name}" by a recipe: ${node.tree === null ? 'it is not in a DataModel yet. Parent it first, or assign whole values' : 'only the server edits nested values. Fire a remote'}.`,
    )
  }
  const nested = node.schema.properties.filter(({ type }) => type.kind === 'nested')
  const before = Object.fromEntries(nested.map(({ name }) => [name, node.now.properties[name]]))
  const { state, edits } = editor(before, recipe)
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
