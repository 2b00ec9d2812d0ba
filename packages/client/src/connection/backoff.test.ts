import { describe, expect, test } from 'vitest'
import { backoffMs, refused } from './backoff.ts'

const low = { next: () => 0, bytes: (count: number) => new Uint8Array(count) }
const high = { ...low, next: () => 0.999_999 }

describe('backoffMs', () => {
  test('CN4: the first retry is quick, each ceiling doubles, the cap is 5 s', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 20].map((attempt) => Math.round(backoffMs(attempt, high)))
    expect(ceilings).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
  })

  test('CN19: a server that turns the page away is asked more rarely, up to once a minute', () => {
    const ceilings = [1, 2, 6, 7, 20].map((attempt) => Math.round(backoffMs(attempt, high, refused)))
    expect(ceilings).toEqual([1000, 2000, 32_000, 60_000, 60_000])
  })

  test('CN4: at least half the ceiling, so that a retry is never immediate', () => {
    expect([1, 2, 20].map((attempt) => backoffMs(attempt, low))).toEqual([125, 250, 2500])
  })
})
