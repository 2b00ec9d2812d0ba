import { CFrame } from './cframe.ts'
import { Color3 } from './color3.ts'
import { Vector2 } from './vector2.ts'
import { Vector3 } from './vector3.ts'

/** The immutable classes that travel and compare by value. */
export type ValueType = Vector2 | Vector3 | CFrame | Color3

/** Narrows to one of the value types; a look-alike object is none. */
export function isValueType(value: unknown): value is ValueType {
  return (
    value instanceof Vector3 || value instanceof Vector2 || value instanceof CFrame || value instanceof Color3
  )
}

/** By value for value types, else by `Object.is`. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  // What changes most, numbers and texts, is asked for no class.
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if (a instanceof Vector3) return b instanceof Vector3 && a.equals(b)
  if (a instanceof Vector2) return b instanceof Vector2 && a.equals(b)
  if (a instanceof CFrame) return b instanceof CFrame && a.equals(b)
  return a instanceof Color3 && b instanceof Color3 && a.equals(b)
}
