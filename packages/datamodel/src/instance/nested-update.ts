import type { NestedEdit } from '../data/nested-edit.ts'
import { DataModelError } from '../errors.ts'
import type { PropertiesOf } from '../schema/define-class.ts'
import type { CFrame } from '../values/cframe.ts'
import type { Color3 } from '../values/color3.ts'
import type { Vector2 } from '../values/vector2.ts'
import type { Vector3 } from '../values/vector3.ts'
import type { Instance } from './instance.ts'
import type { Node } from './node.ts'

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

/** Has the server's authority apply a recipe to the nested properties of a node. */
export function applyRecipe(node: Node, recipe: (draft: Record<string, unknown>) => void): void {
  const { authority, editNested } = node.tree?.options ?? {}
  if (authority === undefined || editNested === undefined) {
    throw new DataModelError(
      'wrongSide',
      `cannot update "${node.now.name}" by a recipe: ${node.tree === null ? 'it is not in a DataModel yet. Parent it first, or assign whole values' : 'only the server edits nested values. Fire a remote'}.`,
    )
  }
  authority.update(node, recipe, editNested)
}
