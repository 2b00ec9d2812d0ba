import type { PropertyType } from '@banyan/datamodel'
import fc, { type Arbitrary } from 'fast-check'
import type { PropertyInput, Spot } from '../cast/tree-step.ts'
import { nestedValue } from './nested-values.ts'
import {
  cframe,
  color3,
  finite,
  integer,
  part,
  plainRecord,
  several,
  turnedFrame,
  vector2,
  vector3,
} from './plain-values.ts'
import { text } from './texts.ts'

/** Values that a property of a type takes; references are taken from the spots that are given. */
export function propertyValue(type: PropertyType<unknown>, spots: Arbitrary<Spot>): Arbitrary<PropertyInput> {
  const { precision } = type
  switch (type.kind) {
    case 'bool':
      return fc.boolean()
    case 'int':
      return integer
    case 'float':
      return precision === null ? finite : stepped(precision)
    case 'float32':
      return precision === null ? fc.oneof(quarter, single) : stepped(precision)
    case 'string':
      return text
    case 'oneOf':
      return fc.constantFrom(...(type.choices ?? []))
    case 'vector2':
      return precision === null ? vector2 : plainRecord({ vector2: several(2, stepped(precision)) })
    case 'vector3':
      return precision === null ? vector3 : plainRecord({ vector3: several(3, stepped(precision)) })
    case 'cframe':
      return precision === null
        ? cframe
        : plainRecord({
            cframe: fc.oneof(several(3, stepped(precision)), turnedFrame(stepped(precision), eighth)),
          })
    case 'color3':
      return color3
    case 'reference':
      return spots
    case 'nested':
      return nestedValue(type.defaultValue)
  }
}

/** In radians: to stand squarely among them, where rotations round to themselves. */
const eighth: Arbitrary<number> = fc.integer({ min: -16, max: 16 }).map((part) => (part * Math.PI) / 8)
const single: Arbitrary<number> = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const quarter: Arbitrary<number> = fc.integer({ min: -99, max: 99 }).map((value) => value / 4)

/** Multiples of a precision and what lies between them, where rounding may go wrong. */
function stepped(precision: number): Arbitrary<number> {
  return fc
    .tuple(fc.integer({ min: -1000, max: 1000 }), fc.oneof(fc.constant(0), fc.constant(0.5), part))
    .map(([steps, off]) => (steps + off) * precision + 0)
}
