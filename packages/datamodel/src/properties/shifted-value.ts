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
export function shiftedValue(
  { kind, precision }: PropertyType<unknown>,
  value: unknown,
  entry: ShiftEntry,
): unknown {
  const [, x = 0, y = 0, z = 0] = entry
  if (precision === null) return value
  if (value instanceof Vector2) {
    return new Vector2(shifted(value.x, x, precision), shifted(value.y, y, precision))
  }
  if (value instanceof Vector3) return shiftedVector(value, [x, y, z], precision)
  if (value instanceof CFrame) {
    return new CFrame(shiftedVector(value.position, [x, y, z], precision), turned(value.rotation, entry))
  }
  const number = shifted(value as number, x, precision)
  return kind === 'float32' ? Math.fround(number) : number
}

/** A number that is too far out for steps does not move: nobody tells of it so. */
function shifted(value: number, by: number, precision: number): number {
  const steps = stepsOf(value, precision)
  return steps === null ? value : valueOfSteps(steps + by, precision)
}

function shiftedVector(
  value: Vector3,
  [x, y, z]: readonly [number, number, number],
  precision: number,
): Vector3 {
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
