import { describe, expect, it } from 'vitest'
import { exactTime, ordinal, ranked, stopwatch } from './standings.ts'

describe('ranked', () => {
  it('puts finishers first by time, then the others by distance', () => {
    const slow = { finishMs: 50_000, distance: 2200 }
    const fast = { finishMs: 48_000, distance: 2100 }
    const near = { finishMs: null, distance: 1900 }
    const far = { finishMs: null, distance: 2000 }
    expect(ranked([near, slow, far, fast])).toEqual([fast, slow, far, near])
  })
})

describe('numbers', () => {
  it('writes ranks as people say them', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '12th',
      '13th',
      '21st',
      '22nd',
    ])
  })

  it('writes times with a fixed width, the running one rounded down', () => {
    expect(stopwatch(-5)).toBe('0:00.0')
    expect(stopwatch(23_499)).toBe('0:23.4')
    expect(stopwatch(83_050)).toBe('1:23.0')
    expect(exactTime(48_418)).toBe('0:48.418')
    expect(exactTime(61_004)).toBe('1:01.004')
  })
})
