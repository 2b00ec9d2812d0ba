import { expect, test } from 'vitest'
import { markdownTable } from './markdown-table.ts'
import { median, percentile } from './statistics.ts'

test('takes percentiles between values, of values in any order', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(percentile([10, 0], 99)).toBeCloseTo(9.9)
  expect(median([])).toBeNaN()
})

test('aligns a table as text too', () => {
  expect(
    markdownTable([
      ['name', 'n'],
      ['a', '1000'],
    ]),
  ).toBe('| name |    n |\n| ---- | ---: |\n| a    | 1000 |')
})
