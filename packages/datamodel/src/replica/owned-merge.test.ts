import { expect, it } from 'vitest'
import type { Create, Operation } from '../tree/operation.ts'
import { mergeOwned } from './owned-merge.ts'

const create = (id: number): Create => ({
  kind: 'create',
  id,
  classNumber: 1,
  parent: 1,
  order: 0,
  name: `n${id}`,
  properties: [[0, 'shared']],
  attributes: {},
  tags: [],
})
const set = (id: number, index: number, value: unknown): Operation => ({
  kind: 'set',
  id,
  properties: [[index, value]],
})

it('AP19 what an owner is told beside a create operation becomes part of it, in whatever order they come', () => {
  const whole = {
    ...create(5),
    properties: [
      [0, 'shared'],
      [1, 'owned'],
    ],
  }
  expect(mergeOwned([create(5), set(5, 1, 'owned')])).toEqual([whole])
  expect(mergeOwned([set(5, 1, 'owned'), set(6, 0, 'other'), create(5)])).toEqual([set(6, 0, 'other'), whole])
})

it('AP19 leaves everything else as it is', () => {
  const operations: Operation[] = [create(5), set(6, 1, 'x'), { kind: 'remove', id: 7 }]
  expect(mergeOwned(operations)).toBe(operations)
  expect(mergeOwned(operations.slice(1))).toHaveLength(2)
})
