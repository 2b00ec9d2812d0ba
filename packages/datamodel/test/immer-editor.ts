import { enablePatches, type Patch, produceWithPatches } from 'immer'
import type { NestedEdit } from '../src/data/nested-edit.ts'
import type { NestedEditor } from '../src/instance/nested-update.ts'

enablePatches()

/** Recipes by Immer, as a server runs them; the tree itself knows nothing of it. */
export const editNested: NestedEditor = (state, recipe) => {
  const [next, patches] = produceWithPatches(state, (draft) => {
    recipe(draft as Record<string, unknown>)
  })
  return { state: next, edits: patches.map(toEdit) }
}

// Immer names items of arrays by number and keys of objects by string.
function toEdit({ op, path, value }: Patch): NestedEdit {
  if (op === 'remove') return { op: 'delete', path }
  return { op: op === 'add' && typeof path.at(-1) === 'number' ? 'insert' : 'set', path, value }
}
