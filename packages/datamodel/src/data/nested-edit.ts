import { DataModelError } from '../errors.ts'
import { isPrototypeKey, ownPlain, plainProblem } from './plain-value.ts'

/** Keys of objects and indexes of arrays, from the outside in; an index may also be written as its decimal string. */
export type NestedPath = readonly (string | number)[]

/**
 * One change inside plain data. `set` replaces what is at the path, adds a key to an object, or shortens an array
 * through its "length"; an empty path replaces everything. `insert` moves later items of an array up; `delete`
 * removes a key, or an item of an array and moves later ones down.
 */
export type NestedEdit =
  | { readonly op: 'set' | 'insert'; readonly path: NestedPath; readonly value: unknown }
  | { readonly op: 'delete'; readonly path: NestedPath }

type Container = unknown[] | Record<string, unknown>

/**
 * Applies the edits in order to deep-frozen plain data and returns deep-frozen data. Copies the containers along the
 * paths once for all edits, and shares the rest. Throws 'invalidValue' when an edit does not fit; the value is never changed.
 */
export function applyNestedEdits<T>(value: T, edits: readonly NestedEdit[]): T {
  const fresh = new Set<Container>()
  const own = (container: Container): Container => {
    if (fresh.has(container)) return container
    const copy = Array.isArray(container) ? container.slice() : { ...container }
    fresh.add(copy)
    return copy
  }
  let root: unknown = value
  for (const edit of edits) root = applyEdit(root, edit, own)
  for (const container of fresh) Object.freeze(container)
  return root as T
}

function applyEdit(root: unknown, edit: NestedEdit, own: (container: Container) => Container): unknown {
  const last = edit.path.at(-1)
  if (last === undefined) {
    if (edit.op !== 'set') throw editError(edit, 'only "set" takes an empty path')
    return ownValue(edit)
  }
  const newRoot = own(expectContainer(root, edit))
  let container = newRoot
  for (const key of edit.path.slice(0, -1)) {
    const child = own(expectContainer(read(container, key, edit), edit))
    write(container, key, child)
    container = child
  }
  if (Array.isArray(container)) editArray(container, arrayKey(last), edit)
  else editObject(container, last, edit)
  return newRoot
}

function editArray(array: unknown[], key: string | number, edit: NestedEdit): void {
  if (key === 'length') {
    const length = edit.op === 'set' ? edit.value : null
    if (!isIndex(length, array.length + 1))
      throw editError(edit, 'a length may only be set, and only to shorten')
    array.length = length
    return
  }
  const end = edit.op === 'insert' ? array.length + 1 : array.length
  if (!isIndex(key, end)) throw editError(edit, `there is no such index in an array of ${array.length}`)
  if (edit.op === 'delete') array.splice(key, 1)
  else if (edit.op === 'insert') array.splice(key, 0, ownValue(edit))
  else array[key] = ownValue(edit)
}

function editObject(object: Record<string, unknown>, key: string | number, edit: NestedEdit): void {
  if (typeof key !== 'string' || isPrototypeKey(key)) throw editError(edit, 'it is no key of an object')
  if (edit.op === 'insert') throw editError(edit, 'only arrays take "insert"')
  if (edit.op === 'set') {
    object[key] = ownValue(edit)
    return
  }
  if (!Object.hasOwn(object, key)) throw editError(edit, 'there is nothing to delete')
  delete object[key]
}

function read(container: Container, key: string | number, edit: NestedEdit): unknown {
  if (Array.isArray(container)) {
    const index = arrayKey(key)
    if (isIndex(index, container.length)) return container[index]
  } else if (typeof key === 'string' && Object.hasOwn(container, key) && !isPrototypeKey(key)) {
    return container[key]
  }
  throw editError(edit, `there is nothing at "${key}"`)
}

// The key has been read before, so it fits the container.
function write(container: Container, key: string | number, value: unknown): void {
  Reflect.set(container, key, value)
}

// Immer names the items that a recipe passed through by strings.
function arrayKey(key: string | number): string | number {
  return typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : key
}

function isIndex(key: unknown, end: number): key is number {
  return typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < end
}

function expectContainer(value: unknown, edit: NestedEdit): Container {
  if (typeof value === 'object' && value !== null) return value as Container
  throw editError(edit, 'the path leads through a value that is no object or array')
}

function ownValue(edit: NestedEdit & { readonly value: unknown }): unknown {
  const problem = plainProblem(edit.value)
  if (problem !== null) throw editError(edit, problem)
  return ownPlain(edit.value)
}

function editError({ op, path }: NestedEdit, why: string): DataModelError {
  return new DataModelError(
    'invalidValue',
    `cannot apply the edit "${op} ${path.join('.')}": ${why}. Both sides must hold the same value before an edit.`,
  )
}
