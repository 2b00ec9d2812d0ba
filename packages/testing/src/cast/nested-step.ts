import type { Json, NestedStep } from './tree-step.ts'

type Container = unknown[] | Record<string, unknown>

/** Makes one change in a draft of nested state; does nothing where its path leads nowhere. Mutates the draft. */
export function applyNestedStep(draft: Record<string, unknown>, property: string, step: NestedStep): void {
  const path = [property, ...step.at]
  if ('push' in step) {
    const list = at(draft, path)
    if (Array.isArray(list)) list.push(copy(step.push))
    return
  }
  if ('remove' in step) {
    const container = at(draft, path)
    if (isContainer(container)) remove(container, step.remove)
    return
  }
  const key = path.pop()
  const container = at(draft, path)
  if (key !== undefined && isContainer(container)) put(container, key, copy(step.set))
}

function at(draft: Container, path: readonly (string | number)[]): unknown {
  let found: unknown = draft
  for (const key of path) {
    if (!isContainer(found) || !Object.hasOwn(found, key)) return undefined
    found = Reflect.get(found, key)
  }
  return found
}

function put(container: Container, key: string | number, value: unknown): void {
  if (!Array.isArray(container)) container[String(key)] = value
  else if (typeof key === 'number' && key < container.length) container[key] = value
}

function remove(container: Container, key: string | number): void {
  if (!Array.isArray(container)) delete container[String(key)]
  else if (typeof key === 'number' && key < container.length) container.splice(key, 1)
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

// A step may run twice, and what it put in place the first time is the tree's.
function copy(value: Json): unknown {
  return structuredClone(value)
}
