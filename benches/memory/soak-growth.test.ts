import { expect, test } from 'vitest'
import { growthOf } from './soak-growth.ts'

test('a flat soak grows by nothing, whatever its noise', () => {
  expect(growthOf([10, 11, 10, 12, 9, 10, 10, 10, 11])).toBe(1)
})

test('compares thirds, so that one sample decides nothing', () => {
  expect(growthOf([10, 10, 10, 15, 15, 15, 20, 20, 90])).toBe(2)
  expect(growthOf([10, 20])).toBeNaN()
})
