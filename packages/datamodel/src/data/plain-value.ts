import { describeValue } from './value-description.ts'

type Primitive = string | number | boolean | bigint | symbol | null | undefined

/** The type as it reads once deep-frozen; tuples stay tuples. */
export type DeepReadonly<T> = T extends Primitive
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T

/** Containers inside one another, at most. */
export const plainDepthCap = 32

/** Characters in one string, at most. */
export const stringLengthCap = 200_000

/** Whether an object's class is Object itself, in whichever realm, or none. */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return true
  return (
    typeof prototype === 'object' &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  )
}

/** Keys that reach an object's prototype; data never has them. */
export function isPrototypeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

/** Null when the value is plain data (objects, arrays, strings, finite numbers, booleans, null), else what is wrong and where. */
export function plainProblem(value: unknown): string | null {
  const path: (string | number)[] = []
  const problem = findProblem(value, path, [])
  return problem === null || path.length === 0 ? problem : `${problem} at ${path.join('.')}`
}

/** The deep-frozen form of plain data, with well-formed strings. Copies all but parts that are deep-frozen already. */
export function ownPlain(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value !== 'object' || value === null) return value
  const isFrozen = Object.isFrozen(value)
  if (Array.isArray(value)) {
    const items = value.map(ownPlain)
    return isFrozen && items.every((item, index) => item === value[index]) ? value : Object.freeze(items)
  }
  const entries = Object.entries(value).map(([key, item]) => [key.toWellFormed(), ownPlain(item)] as const)
  const isOwned = isFrozen && entries.every(([key, item]) => item === Reflect.get(value, key))
  return isOwned ? value : Object.freeze(Object.fromEntries(entries))
}

/** Whether two pieces of plain data hold the same; the order of an object's keys does not count. */
export function isSamePlain(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSamePlain(Reflect.get(a, key), Reflect.get(b, key)))
  )
}

// On a problem `path` is left as the path to it, so that nothing is built for values without one.
function findProblem(value: unknown, path: (string | number)[], ancestors: object[]): string | null {
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return null
  if (typeof value === 'string') return lengthProblem(value)
  const isArray = Array.isArray(value)
  if (typeof value !== 'object' || !(isArray || isPlainObject(value))) {
    return `expected plain data, got ${describeValue(value)}`
  }
  if (ancestors.includes(value)) return 'expected plain data, got a cycle'
  if (ancestors.length >= plainDepthCap) return `expected at most ${plainDepthCap} levels`
  ancestors.push(value)
  // Array.keys() visits holes too.
  for (const key of isArray ? value.keys() : Reflect.ownKeys(value)) {
    if (typeof key === 'symbol' || (typeof key === 'string' && isPrototypeKey(key))) {
      return `expected plain data, got the key ${String(key)}`
    }
    path.push(key)
    const problem = findProblem(Reflect.get(value, key), path, ancestors)
    if (problem !== null) return problem
    path.pop()
  }
  ancestors.pop()
  return null
}

/** Null when a string is short enough, else what is wrong. */
export function lengthProblem(value: string): string | null {
  if (value.length <= stringLengthCap) return null
  return `expected at most ${stringLengthCap} characters, got ${value.length}`
}
