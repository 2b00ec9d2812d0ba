import type { PropertySchema } from '../schema/class-schema.ts'
import type { ShiftEntry } from '../tree/operation.ts'
import { CFrame } from '../values/cframe.ts'
import { type Rotation, rotationOf } from '../values/rotation.ts'
import { stepsOfRotation } from '../values/rotation-steps.ts'
import { Vector2 } from '../values/vector2.ts'
import { Vector3 } from '../values/vector3.ts'
import { stepsOf, valueOfSteps } from './precision.ts'
import type { PropertyType } from './property-type.ts'

/**
 * How many steps tell how far a value of a type has moved: one for each of its numbers, three and the four of its rotation for
 * a CFrame, none where it cannot be told so.
 */
export function stepCountOf({ kind, precision }: PropertyType<unknown>): number {
  if (precision === null) return 0
  if (kind === 'float' || kind === 'float32') return 1
  if (kind === 'vector2') return 2
  if (kind === 'vector3') return 3
  return kind === 'cframe' ? 7 : 0
}

/** The value that lies as many steps from another as an entry says; of a type that has steps. */
export function shiftedValue(type: PropertyType<unknown>, value: unknown, entry: ShiftEntry): unknown {
  const [, x = 0, y = 0, z = 0, ...turn] = entry
  return moved(type, value, { x, y, z, turn })
}

/** How far values move, of one property: a list for each of its numbers, with a row for each value. */
export type ShiftParts = readonly (readonly (number | undefined)[])[]

/**
 * Moves the values of one property, each in its list at the property's place; those whose row has no steps stay. Makes
 * nothing but the values.
 */
export function shiftEach(
  lists: readonly (unknown[] | null)[],
  { type, index }: Pick<PropertySchema, 'type' | 'index'>,
  parts: ShiftParts,
): void {
  const [xs = [], ys, zs] = parts
  const steps: { -readonly [Part in keyof Steps]: Steps[Part] } = { x: 0, y: 0, z: 0, turn: noTurn }
  for (let row = 0; row < lists.length; row++) {
    const list = lists[row]
    const x = xs[row]
    if (list === null || list === undefined || x === undefined) continue
    steps.x = x
    steps.y = ys?.[row] ?? 0
    steps.z = zs?.[row] ?? 0
    if (parts.length > 3) steps.turn = parts.slice(3).map((part) => part[row] ?? 0)
    list[index] = moved(type, list[index], steps)
  }
}

/** Along the axes, and of a rotation: w, x, y, z. */
interface Steps {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly turn: readonly number[]
}

const noTurn: readonly number[] = []

function moved({ kind, precision }: PropertyType<unknown>, value: unknown, steps: Steps): unknown {
  if (precision === null) return value
  if (value instanceof Vector2) {
    return new Vector2(shifted(value.x, steps.x, precision), shifted(value.y, steps.y, precision))
  }
  if (value instanceof Vector3) return movedVector(value, steps, precision)
  if (value instanceof CFrame) {
    return new CFrame(movedVector(value.position, steps, precision), turned(value.rotation, steps.turn))
  }
  const number = shifted(value as number, steps.x, precision)
  return kind === 'float32' ? Math.fround(number) : number
}

/** A number that is too far out for steps does not move: nobody tells of it so. */
function shifted(value: number, by: number, precision: number): number {
  const steps = stepsOf(value, precision)
  return steps === null ? value : valueOfSteps(steps + by, precision)
}

function movedVector({ x, y, z }: Vector3, steps: Steps, precision: number): Vector3 {
  return new Vector3(
    shifted(x, steps.x, precision),
    shifted(y, steps.y, precision),
    shifted(z, steps.z, precision),
  )
}

/** What is no rotation does not turn: nobody tells of it so. */
function turned(rotation: Rotation, [w = 0, x = 0, y = 0, z = 0]: readonly number[]): Rotation {
  const steps = stepsOfRotation(rotation)
  return steps === null ? rotation : rotationOf([steps[0] + w, steps[1] + x, steps[2] + y, steps[3] + z])
}
