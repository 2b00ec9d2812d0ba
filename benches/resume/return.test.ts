import { expect, test } from 'vitest'
import { figuresOf } from './return.ts'

/** Ticks of 50 ms; the client heard 1, was away for 2 to 4, and was at the door at 210. */
const writtenMs = [Number.NaN, 50, 100, 150, 200, 250, 300]
const seen = {
  returnedMs: 210,
  bytesBefore: 100,
  arrivals: [
    { tick: 1, appliedMs: 51 },
    { tick: 4, appliedMs: 225 },
    { tick: 5, appliedMs: 251 },
    { tick: 6, appliedMs: 301 },
  ],
}

test('counts what traveled for the return alone, beside the patches that were missed', () => {
  // A tick has 100 bytes. Of those after the cut, 5 and 6 came as always; three were missed.
  expect(figuresOf({ ...seen, bytesAfter: 560 }, writtenMs)).toEqual({ applied: 15, bytes: 360, excess: 1.2 })
})

test('does not take a patch for the whole of what was missed', () => {
  const arrivals = [{ tick: 1, appliedMs: 51 }, { tick: 2, appliedMs: 220 }, ...seen.arrivals.slice(1)]
  expect(figuresOf({ ...seen, arrivals, bytesAfter: 560 }, writtenMs).applied).toBe(15)
})

test('has no figures of a client that never recovered', () => {
  const never = figuresOf({ ...seen, arrivals: seen.arrivals.slice(0, 1), bytesAfter: 0 }, writtenMs)
  expect(Object.values(never).every(Number.isNaN)).toBe(true)
})
