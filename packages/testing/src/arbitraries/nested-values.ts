import fc, { type Arbitrary } from 'fast-check'
import type { Json, NestedStep } from '../cast/tree-step.ts'
import { finite, integer, json, jsonKey, plainRecord } from './plain-values.ts'
import { text } from './texts.ts'

// A nested property has no schema. Its default tells its shape: what is a number there stays one, so that the code of a
// game, which relies on the shape, is not led astray. What the default leaves open (an empty list, null) holds any JSON.

/** Values of the shape of a default. */
export function nestedValue(shape: unknown): Arbitrary<Json> {
  if (typeof shape === 'boolean') return fc.boolean()
  if (typeof shape === 'number') return Number.isInteger(shape) ? integer : finite
  if (typeof shape === 'string') return text
  if (Array.isArray(shape)) return fc.array(itemOf(shape), { maxLength: 3 })
  if (typeof shape !== 'object' || shape === null) return json
  const entries = Object.entries(shape)
  if (entries.length === 0) return fc.dictionary(jsonKey, json, { maxKeys: 3, noNullPrototype: true })
  return plainRecord(Object.fromEntries(entries.map(([key, inner]) => [key, nestedValue(inner)])))
}

/** Changes inside a value of that shape, at any depth; null where nothing lies inside. */
export function nestedStep(
  shape: unknown,
  at: readonly (string | number)[] = [],
): Arbitrary<NestedStep> | null {
  if (typeof shape !== 'object' || shape === null) return null
  const here = fc.constant(at)
  if (Array.isArray(shape)) {
    const item = itemOf(shape)
    const index = fc.nat(3)
    return fc.oneof(
      plainRecord({ at: here, push: item }),
      plainRecord({ at: index.map((last) => [...at, last]), set: item }),
      plainRecord({ at: here, remove: index }),
    )
  }
  const entries = Object.entries(shape)
  if (entries.length === 0) {
    return fc.oneof(
      plainRecord({ at: jsonKey.map((key) => [...at, key]), set: json }),
      plainRecord({ at: here, remove: jsonKey }),
    )
  }
  const inside = entries.flatMap(([key, inner]) => {
    const path = [...at, key]
    const whole = plainRecord({ at: fc.constant(path), set: nestedValue(inner) })
    return [whole, nestedStep(inner, path) ?? whole]
  })
  return fc.oneof(...inside)
}

function itemOf(list: readonly unknown[]): Arbitrary<Json> {
  return list.length === 0 ? json : fc.oneof(...list.slice(0, 3).map(nestedValue))
}
