import { type PropertyType, Vector2, Vector3 } from '@banyan/datamodel'
import type { NumberTraits } from './number-column.ts'

/** What the values of a type consist of: one number, or several. */
export interface ValueParts extends NumberTraits {
  /** For values of the type only. */
  readonly take: readonly ((value: unknown) => number)[]
  /** A value of its parts. */
  readonly make: (x: number, y: number, z: number) => unknown
}

/** Of the types that are made of numbers: float, float32, vector2, vector3. */
export function partsOf({ kind, precision }: PropertyType<unknown>): ValueParts {
  const isSingle = kind === 'float32'
  if (kind === 'vector2') return { isSingle, precision, take: takeTwo, make: makeTwo }
  if (kind === 'vector3') return { isSingle, precision, take: takeThree, make: makeThree }
  return { isSingle, precision, take: takeOne, make: makeOne }
}

const takeOne = [(value: unknown) => value as number]
const takeTwo = [(value: unknown) => (value as Vector2).x, (value: unknown) => (value as Vector2).y]
const takeThree = [
  (value: unknown) => (value as Vector3).x,
  (value: unknown) => (value as Vector3).y,
  (value: unknown) => (value as Vector3).z,
]
const makeOne = (x: number): number => x
const makeTwo = (x: number, y: number): Vector2 => new Vector2(x, y)
const makeThree = (x: number, y: number, z: number): Vector3 => new Vector3(x, y, z)

/** How colors are told: three bytes each where that is exact, else three doubles. */
export const colorForm = Object.freeze({ bytes: 0, doubles: 1 })
