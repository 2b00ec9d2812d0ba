import { Vector3 } from '@banyan/datamodel'
import { describe, expect, test } from 'vitest'
import { matches } from './matches.ts'

describe('a wanted value', () => {
  test.each([
    [1, 1],
    [Number.NaN, Number.NaN],
    [new Vector3(1, 2, 3), new Vector3(1, 2, 3)],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
    [new Map([['a', 1]]), new Map([['a', 1]])],
    [
      { at: 5, of: ['x'] },
      { at: expect.any(Number), of: [expect.stringMatching('x')] },
    ],
  ])('PW12 %j is %j', (actual, wanted) => {
    expect(matches(actual, wanted)).toBe(true)
  })

  test.each([
    [1, '1'],
    [0, -0],
    [null, undefined],
    [new Vector3(1, 2, 3), { x: 1, y: 2, z: 3 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [[1, 2], [1]],
    [{}, []],
    [{ at: 'now' }, { at: expect.any(Number) }],
  ])('PW12 %j is not %j', (actual, wanted) => {
    expect(matches(actual, wanted)).toBe(false)
  })
})
