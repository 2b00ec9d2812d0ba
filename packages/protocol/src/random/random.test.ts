import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeededRandom } from './seeded-random.ts'
import { createSystemRandom } from './system-random.ts'

const take = (seed: number, count = 5) => {
  const random = createSeededRandom(seed)
  return Array.from({ length: count }, () => random.next())
}

describe('seeded random', () => {
  it('CL10 gives the same numbers for the same seed, for ever', () => {
    expect(take(42)).toEqual(take(42))
    expect(take(42)).toMatchInlineSnapshot(`
      [
        0.849516242589415,
        0.5843684129495776,
        0.9220983114857376,
        0.9407449537188391,
        0.8789325469868967,
      ]
    `)
    expect([...createSeededRandom(42).bytes(6)]).toMatchInlineSnapshot(`
      [
        217,
        250,
        149,
        179,
        236,
        92,
      ]
    `)
  })

  it('CL10 gives other numbers for another seed, however near, negative or large', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (left, right) => {
        fc.pre(left !== right)
        expect(take(left)).not.toEqual(take(right))
      }),
    )
    expect(take(1)).not.toEqual(take(2))
  })

  it('CL11 stays at least 0 and below 1, evenly', () => {
    const numbers = take(7, 20_000)
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length,
    )
    expect(tenths.every((count) => count > 1800 && count < 2200)).toBe(true)
  })

  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY])('CL12 refuses the seed %d', (seed) => {
    expect(() => createSeededRandom(seed)).toThrow(expect.objectContaining({ code: 'invalidSeed' }))
  })
})

describe('system random', () => {
  it('CL11 stays at least 0 and below 1', () => {
    const random = createSystemRandom()
    for (let index = 0; index < 100; index++) {
      expect(random.next()).toBeGreaterThanOrEqual(0)
      expect(random.next()).toBeLessThan(1)
    }
  })

  it('CL13 gives as many unpredictable bytes as asked for, beyond what the platform gives at once', () => {
    const random = createSystemRandom()
    expect(random.bytes(0)).toHaveLength(0)
    const bytes = random.bytes(200_000)
    expect(bytes).toHaveLength(200_000)
    expect(new Set(bytes.subarray(150_000)).size).toBe(256)
    expect(random.bytes(16)).not.toEqual(random.bytes(16))
  })
})
