import { expect, test } from 'vitest'
import { shareOf } from './pool.ts'

test('shares are as even as it gets, and together the whole', () => {
  for (const [total, count] of [
    [7, 3],
    [50, 2],
    [2, 5],
  ] as const) {
    const shares = Array.from({ length: count }, (_, at) => shareOf(total, { count, at }))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total)
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
  }
})
