import type { NestedEdit, NestedEditor } from '@banyan/datamodel'
import { enablePatches, Immer, type Patch } from 'immer'

/** Runs recipes with an Immer of its own, so that no setting of the process's other users reaches it. */
export function createNestedEditor(): NestedEditor {
  enablePatches()
  const immer = new Immer({ autoFreeze: false })
  return (state, recipe) => {
    const [next, patches] = immer.produceWithPatches(state, (draft) => {
      // A recipe's result, such as that of an assignment in an arrow function, is not meant as the new state.
      recipe(draft as Record<string, unknown>)
    })
    const edits = patches.filter((patch) => !isOfNothing(state, patch)).map(toEdit)
    return { state: next, edits }
  }
}

/** Immer inserts where an `add` meets an array, and shortens an array through its length. */
function toEdit({ op, path, value }: Patch): NestedEdit {
  switch (op) {
    case 'add':
      return { op: typeof path.at(-1) === 'number' ? 'insert' : 'set', path, value }
    case 'replace':
      return { op: 'set', path, value }
    case 'remove':
      return { op: 'delete', path }
  }
}

/** Immer takes what every object inherits, such as "toString", for there, and tells of its removal. */
function isOfNothing(state: unknown, { op, path }: Patch): boolean {
  const key = path.at(-1)
  if (op !== 'remove' || key === undefined || !(key in Object.prototype)) return false
  const container = path.slice(0, -1).reduce(ownValue, state)
  return typeof container === 'object' && container !== null && !Object.hasOwn(container, key)
}

function ownValue(container: unknown, key: string | number): unknown {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, key)) return undefined
  return Reflect.get(container, key)
}
