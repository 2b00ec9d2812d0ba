import type { GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { RemoteCall } from '../calls/send-call.ts'
import { integer, jsonKey, plainRecord } from './plain-values.ts'
import { chosenCalls, payload, type RemoteCallOptions } from './remote-calls.ts'
import { text } from './texts.ts'

/**
 * Calls as those make them who mean harm: of any type, far too long, not finite, nested deeply, with prototype keys,
 * and valid ones with one part exchanged where the schema describes itself. Some of them are valid by chance.
 */
export function hostileCall(
  definition: GameDefinition,
  options: RemoteCallOptions = {},
): Arbitrary<RemoteCall> {
  const { contracts, ofPayloads } = chosenCalls(definition, options)
  const calls = contracts.map((contract) => {
    const near = described(() => payload(contract, ofPayloads))
    const payloads = near === null ? hostileValue : fc.oneof(hostileValue, spoiled(near))
    return plainRecord({ remote: fc.constant(contract.name), payload: payloads })
  })
  return fc.oneof(...calls)
}

const odd: Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  undefined,
  true,
  '',
  0,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_VALUE,
  '__proto__',
  '\u0000',
  '<script>',
)

const long: Arbitrary<unknown> = fc.constantFrom(101, 1_001, 20_001, 70_000).chain((length) =>
  fc.constantFrom<unknown>(
    'x'.repeat(length),
    Array.from({ length: length / 10 }, () => 0),
  ),
)

const deep: Arbitrary<unknown> = fc.constantFrom(8, 30, 40).map((levels) => {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level += 1) value = { inside: value }
  return value
})

/** Anything that a hostile client might put into a frame. */
const hostileValue: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    odd,
    integer,
    text,
    long,
    deep,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(jsonKey, fc.constantFrom('constructor', 'prototype', 'toString')), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    tie('value').map((value) => withPrototypeKey({}, value)),
  ),
})).value

/** Values of which one part is not what it was. */
function spoiled(values: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc
    .tuple(values, hostileValue, fc.nat(7), fc.boolean())
    .map(([value, hostile, pick, isExtra]) => spoil(value, { hostile, pick, isExtra }))
}

interface Flaw {
  readonly hostile: unknown
  readonly pick: number
  readonly isExtra: boolean
}

function spoil(value: unknown, flaw: Flaw): unknown {
  const { hostile, pick, isExtra } = flaw
  if (Array.isArray(value)) {
    if (isExtra || value.length === 0) return [...value, hostile]
    return value.map((item, index) => (index === pick % value.length ? spoil(item, flaw) : item))
  }
  if (typeof value !== 'object' || value === null) return hostile
  const keys = Object.keys(value)
  const key = keys[pick % Math.max(keys.length, 1)]
  if (isExtra || key === undefined) return withPrototypeKey({ ...value }, hostile)
  return { ...value, [key]: spoil(Reflect.get(value, key), flaw) }
}

/** An own property, as parsers of JSON make it, which no literal can. */
function withPrototypeKey(object: object, value: unknown): object {
  return Object.defineProperty(object, '__proto__', {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}

function described<Of>(make: () => Arbitrary<Of>): Arbitrary<Of> | null {
  try {
    return make()
  } catch {
    // A schema that does not describe itself is attacked blindly.
    return null
  }
}
