import { expect, test } from 'vitest'
import { until } from './until.ts'

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('HT11 a limit of %d ms is refused', async (limitMs) => {
  await expect(until('a miracle', () => false, { limitMs })).rejects.toThrow(
    expect.objectContaining({
      code: 'invalidOption',
      message: expect.stringContaining('a number of milliseconds'),
    }),
  )
})
