import { CFrame, isPrototypeKey } from '@banyan/datamodel'
import fc, { type Arbitrary } from 'fast-check'
import type { PlainValue } from '../cast/plain-value.ts'
import type { Json } from '../cast/tree-step.ts'
import { text } from './texts.ts'

/** Small whole numbers first, since they shrink and read well; sometimes any that is safe. */
export const integer: Arbitrary<number> = fc.oneof(
  { arbitrary: fc.integer({ min: -9, max: 9 }), weight: 3 },
  fc.integer(),
  fc.maxSafeInteger(),
)

/** Finite, and never a negative zero, which trees do not keep. */
export const finite: Arbitrary<number> = fc.oneof(
  { arbitrary: fc.integer({ min: -99, max: 99 }).map((value) => value / 4), weight: 3 },
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
)

/** Between 0 and 1. */
export const part: Arbitrary<number> = fc.oneof(
  fc.nat(4).map((value) => value / 4),
  fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
)

/** As many of a kind as a value type has parts. */
export function several(count: number, of: Arbitrary<number> = finite): Arbitrary<number[]> {
  return fc.array(of, { minLength: count, maxLength: count, size: 'max' })
}

export const vector2: Arbitrary<PlainValue> = plainRecord({ vector2: several(2) })
export const vector3: Arbitrary<PlainValue> = plainRecord({ vector3: several(3) })
export const cframe: Arbitrary<PlainValue> = plainRecord({ cframe: fc.oneof(several(3), several(12)) })
export const color3: Arbitrary<PlainValue> = plainRecord({ color3: several(3, part) })

/** Twelve components of a frame that is turned about each axis. */
export function turnedFrame(place: Arbitrary<number>, turn: Arbitrary<number>): Arbitrary<number[]> {
  return fc
    .tuple(several(3, place), turn, turn, turn)
    .map(([position, x, y, z]) => [...position, ...CFrame.fromEuler(x, y, z).rotation])
}

/** What an attribute may hold. */
export const attributeValue: Arbitrary<PlainValue> = fc.oneof(
  text,
  fc.boolean(),
  finite,
  vector2,
  vector3,
  cframe,
  color3,
)

/** A key that plain data may have. */
export const jsonKey: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom('a', 'b', 'c'), weight: 3 },
  text.filter((key) => !isPrototypeKey(key)),
)

/** Plain data of any shape, small. */
export const json: Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    finite,
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(jsonKey, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

/** Objects with the prototype of objects, which print and compare as literals do. */
export function plainRecord<Fields extends object>(
  fields: { readonly [Name in keyof Fields]: Arbitrary<Fields[Name]> },
): Arbitrary<Fields> {
  return fc.record(fields as { [Name in keyof Fields]: Arbitrary<Fields[Name]> }, {
    noNullPrototype: true,
  }) as Arbitrary<Fields>
}
