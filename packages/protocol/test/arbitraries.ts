import {
  type AttributeValue,
  CFrame,
  Color3,
  type Create,
  type NestedEdit,
  type Operation,
  type PropertyEntry,
  type PropertyType,
  Vector2,
  Vector3,
} from '@banyan/datamodel'
import fc, { type Arbitrary } from 'fast-check'
import { classNumbers, definition, Sampler } from './sample-definition.ts'

/** Objects as decoders make them: with the prototype of objects. */
function record<Fields extends object>(
  fields: { [Name in keyof Fields]: Arbitrary<Fields[Name]> },
): Arbitrary<Fields> {
  return fc.record(fields, { noNullPrototype: true }) as Arbitrary<Fields>
}

// What may travel, in the form in which it arrives: text is well formed, numbers are finite where they must be.

export const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.toWellFormed()),
  fc.string({ minLength: 60, maxLength: 70 }),
)

const key = text.filter((value) => !['__proto__', 'constructor', 'prototype'].includes(value))

export const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const single = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const integer = fc.oneof(fc.integer({ min: -200, max: 200 }), fc.maxSafeInteger()).map((value) => value + 0)
const part = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0)

const vector2 = fc.tuple(finite, finite).map(([x, y]) => new Vector2(x, y))
const vector3 = fc.tuple(finite, finite, finite).map(([x, y, z]) => new Vector3(x, y, z))
const cframe = fc.oneof(
  vector3.map((position) => new CFrame(position)),
  fc.array(finite, { minLength: 12, maxLength: 12 }).map((numbers) => CFrame.fromComponents(numbers)),
)
const color3 = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map(([r, g, b]) => Color3.fromRGB(r, g, b)),
  fc.tuple(part, part, part).map(([r, g, b]) => new Color3(r, g, b)),
)

/** JSON's kinds. */
export const plain: Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    integer,
    finite,
    fc.constant(-0),
    text,
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(key, tie('value'), { maxKeys: 20, noNullPrototype: true }),
  ),
})).value

const typedArray = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
)

/** Everything that may be an argument, NaN and infinities included, without instances. */
export const argument: Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    plain,
    fc.double(),
    fc.bigInt(),
    fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
    fc.date({ noInvalidDate: false }),
    typedArray,
    fc.uint8Array().map((bytes) => new Uint8Array(bytes).buffer),
    vector2,
    vector3,
    cframe,
    color3,
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(key, tie('value'), { maxKeys: 20, noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 5 }).map((values) => new Set(values)),
  ),
})).value

/** Values that a property of a type may have in a record. */
export function propertyValue(type: PropertyType<unknown>): Arbitrary<unknown> {
  return rawPropertyValue(type).map((value) =>
    type.kind === 'reference' ? value : type.round(type.own(value)),
  )
}

function rawPropertyValue({ kind, choices }: PropertyType<unknown>): Arbitrary<unknown> {
  switch (kind) {
    case 'bool':
      return fc.boolean()
    case 'int':
      return integer
    case 'float':
      return fc.oneof(finite, single)
    case 'float32':
      return single
    case 'string':
      return text
    case 'oneOf':
      return fc.constantFrom(...(choices ?? []))
    case 'vector2':
      return vector2
    case 'vector3':
      return vector3
    case 'cframe':
      return cframe
    case 'color3':
      return color3
    case 'reference':
      return fc.option(id)
    case 'nested':
      return plain
  }
}

export const id = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }))
const order = fc.integer({ min: 0, max: 2 ** 31 - 1 })

const attributeValue: Arbitrary<AttributeValue> = fc.oneof(
  text,
  fc.boolean(),
  finite,
  vector2,
  vector3,
  cframe,
  color3,
)
const attributeName = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9./_-]{1,20}$/),
  fc.constantFrom('constructor', 'prototype', 'toString'),
)

const properties: Arbitrary<readonly PropertyEntry[]> = fc
  .subarray([...Sampler.schema.properties])
  .chain((picked) =>
    fc.tuple(
      ...picked.map(({ index, type }) => propertyValue(type).map((value): PropertyEntry => [index, value])),
    ),
  )

const path = fc.array(fc.oneof(key, fc.nat(1000)), { maxLength: 4 })
const edit: Arbitrary<NestedEdit> = fc.oneof(
  record({ op: fc.constant('delete' as const), path }),
  record({ op: fc.constantFrom('set' as const, 'insert' as const), path, value: plain }),
)

export const create: Arbitrary<Create> = record({
  kind: fc.constant('create' as const),
  id,
  classNumber: fc.constant(classNumbers.sampler),
  parent: fc.oneof(fc.constantFrom(0, 2), id),
  order,
  name: text,
  properties,
  attributes: fc.oneof(
    fc.constant({}),
    fc.dictionary(attributeName, attributeValue, { maxKeys: 4, noNullPrototype: true }),
  ),
  tags: fc.oneof(fc.constant([]), fc.array(text, { maxLength: 4 })),
})

/** Any operation; instances of `set` are Samplers. */
export const operation: Arbitrary<Operation> = fc.oneof(
  create,
  record({ kind: fc.constant('remove' as const), id }),
  record({ kind: fc.constant('move' as const), id, parent: id, order }),
  record({ kind: fc.constant('rename' as const), id, name: text }),
  { arbitrary: record({ kind: fc.constant('set' as const), id, properties }), weight: 3 },
  record({
    kind: fc.constant('edit' as const),
    id,
    property: fc.nat(20),
    edits: fc.array(edit, { maxLength: 4 }),
  }),
  record({
    kind: fc.constant('attribute' as const),
    id,
    name: attributeName,
    value: fc.option(attributeValue),
  }),
  record({ kind: fc.constant('tags' as const), id, tags: fc.array(text, { maxLength: 4 }) }),
)

/** The class of every instance that `operation` names. */
export const classNumberOf = (): number => classNumbers.sampler

export { definition }
