import type { PropertySchema } from '../schema/class-schema.ts'
import type { ShiftEntry } from '../tree/operation.ts'
import type { ShiftParts } from '../tree/told-run.ts'
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
export function shiftedValue(
  { kind, precision }: PropertyType<unknown>,
  value: unknown,
  entry: ShiftEntry,
): unknown {
  if (precision === null) return value
  // The one kind of which there may be many: no list is taken apart for it.
  if (typeof value === 'number') {
    const number = shifted(value, entry[1] ?? 0, precision)
    return kind === 'float32' ? Math.fround(number) : number
  }
  const [, x = 0, y = 0] = entry
  if (value instanceof Vector2) {
    return new Vector2(shifted(value.x, x, precision), shifted(value.y, y, precision))
  }
  if (value instanceof Vector3) return shiftedVector(value, entry, precision)
  if (value instanceof CFrame) {
    return new CFrame(shiftedVector(value.position, entry, precision), turned(value.rotation, entry))
  }
  return value
}

/**
 * Moves the values of one property, each in its list at the property's place; those whose row has no steps stay. Makes
 * nothing but the values.
 */
export function shiftEach(
  lists: readonly (unknown[] | null)[],
  { type, index }: Pick<PropertySchema, 'type' | 'index'>,
  parts: ShiftParts,
): void {
  const entry: [index: number, ...steps: number[]] = [index]
  for (let row = 0; row < lists.length; row++) {
    const list = lists[row]
    if (list === null || list === undefined || parts[0]?.[row] === undefined) continue
    for (let at = 0; at < parts.length; at++) entry[at + 1] = parts[at]?.[row] ?? 0
    list[index] = shiftedValue(type, list[index], entry)
  }
}

/** A number that is too far out for steps does not move: nobody tells of it so. */
function shifted(value: number, by: number, precision: number): number {
  const steps = stepsOf(value, precision)
  return steps === null ? value : valueOfSteps(steps + by, precision)
}

function shiftedVector(value: Vector3, [, x = 0, y = 0, z = 0]: ShiftEntry, precision: number): Vector3 {
  return new Vector3(
    shifted(value.x, x, precision),
    shifted(value.y, y, precision),
    shifted(value.z, z, precision),
  )
}

/** What is no rotation does not turn: nobody tells of it so. */
function turned(rotation: Rotation, entry: ShiftEntry): Rotation {
  const [, , , , w = 0, x = 0, y = 0, z = 0] = entry
  const steps = stepsOfRotation(rotation)
  return steps === null ? rotation : rotationOf([steps[0] + w, steps[1] + x, steps[2] + y, steps[3] + z])
}
