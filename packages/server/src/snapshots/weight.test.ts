import { Vector3 } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { weightOf } from './weight.ts'

test('SE20 an operation counts as one instance, and as more where its texts and nested values are large', () => {
  const set = (...values: unknown[]) =>
    weightOf({ kind: 'set', id: 1, properties: values.map((value, index) => [index, value]) })
  expect([set(), set(5, true, null, 'short', new Vector3(1, 2, 3))]).toEqual([1, 1])
  const text = 'x'.repeat(6400)
  expect([set(text), set({ a: [text, { b: text }] }), set([])]).toEqual([101, 201, 1])
})
