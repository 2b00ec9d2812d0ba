import { describeValue } from '../data/value-description.ts'
import { CFrame } from '../values/cframe.ts'
import { roundRotation } from '../values/rotation-steps.ts'
import { Vector2 } from '../values/vector2.ts'
import { Vector3 } from '../values/vector3.ts'
import { roundToPrecision } from './precision.ts'
import { createPropertyType, type NumberOptions, type PropertyType } from './property-type.ts'

/** Two numbers; a precision rounds each. */
export function vector2(defaultValue = Vector2.zero, options: NumberOptions = {}): PropertyType<Vector2> {
  return createPropertyType<Vector2>({
    kind: 'vector2',
    defaultValue,
    options,
    problem: (value) => (value instanceof Vector2 ? null : `expected a Vector2, got ${describeValue(value)}`),
    round: (value, precision) => {
      const x = roundToPrecision(value.x, precision)
      const y = roundToPrecision(value.y, precision)
      return x === value.x && y === value.y ? value : new Vector2(x, y)
    },
  })
}

/** Three numbers; a precision rounds each. */
export function vector3(defaultValue = Vector3.zero, options: NumberOptions = {}): PropertyType<Vector3> {
  return createPropertyType<Vector3>({
    kind: 'vector3',
    defaultValue,
    options,
    problem: (value) => (value instanceof Vector3 ? null : `expected a Vector3, got ${describeValue(value)}`),
    round: (value, precision) => {
      const x = roundToPrecision(value.x, precision)
      const y = roundToPrecision(value.y, precision)
      const z = roundToPrecision(value.z, precision)
      return x === value.x && y === value.y && z === value.z ? value : new Vector3(x, y, z)
    },
  })
}

/**
 * A position and an orientation, all of both unless a precision is given. That rounds each number of the position, and the
 * rotation to one that travels in a few bytes: by at most 0.0031 degrees, whatever the precision; the 24 ways to stand
 * squarely stay exact. So a script that turns by less than that at each tick keeps the angle itself, and writes that. A matrix
 * that is no rotation, such as a mirror or a scale, stays as it is and takes 72 bytes.
 */
export function cframe(defaultValue = CFrame.identity, options: NumberOptions = {}): PropertyType<CFrame> {
  return createPropertyType<CFrame>({
    kind: 'cframe',
    defaultValue,
    options,
    problem: (value) => (value instanceof CFrame ? null : `expected a CFrame, got ${describeValue(value)}`),
    round: roundFrame,
  })
}

function roundFrame(value: CFrame, precision: number): CFrame {
  const { x, y, z } = value.position
  const position = new Vector3(
    roundToPrecision(x, precision),
    roundToPrecision(y, precision),
    roundToPrecision(z, precision),
  )
  const rounded = new CFrame(position, roundRotation(value.rotation))
  return rounded.equals(value) ? value : rounded
}
