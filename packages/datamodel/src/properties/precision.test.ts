import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { float32 } from './numbers.ts'
import { roundToPrecision, stepsOf, valueOfSteps } from './precision.ts'

const precision = fc.oneof(
  fc.constantFrom(0.01, 0.1, 0.5, 1, 3, 1 / 3, 0.03, 7.3, 1e-9, 1000, Number.MIN_VALUE, Number.MAX_VALUE),
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
)
const value = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

describe('precision', () => {
  it('PT6 rounding again changes nothing, and a result is finite and no negative zero', () => {
    fc.assert(
      fc.property(value, precision, (number, step) => {
        const once = roundToPrecision(number, step)
        expect(roundToPrecision(once, step)).toBe(once)
        expect(Number.isFinite(once)).toBe(true)
        if (stepsOf(number, step) !== null) expect(Object.is(once, -0)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('PT6 is within half a step', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.constantFrom(0.01, 0.1, 0.25, 3),
        (number, step) => {
          expect(Math.abs(roundToPrecision(number, step) - number)).toBeLessThanOrEqual(step / 2 + 1e-9)
        },
      ),
    )
  })

  it('PT6 holds for single precision', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(0.01, 0.1, 0.3, 2),
        (number, step) => {
          const type = float32(0, { precision: step })
          const once = type.round(type.own(number))
          expect(Math.fround(once)).toBe(once)
          expect(type.round(once)).toBe(once)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('PT7 steps come back from the value that they stand for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(2 ** 48), max: 2 ** 48 }),
        fc.constantFrom(0.01, 0.1, 1 / 3, 7.3, 1e-9),
        (steps, step) => {
          expect(stepsOf(valueOfSteps(steps, step), step)).toBe(steps)
        },
      ),
      { numRuns: 2000 },
    )
    expect(valueOfSteps(7, 0.01)).toBe(0.07)
    expect(stepsOf(1e300, 0.01)).toBeNull()
  })
})
