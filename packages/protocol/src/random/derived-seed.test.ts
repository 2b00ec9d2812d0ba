import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveSeed } from './derived-seed.ts'

describe('derived seed', () => {
  it('CL15 is a whole number, the same for the same seed and names, for ever', () => {
    expect([deriveSeed(1, 'ana', 'up'), deriveSeed(1), deriveSeed(-3, '')]).toMatchInlineSnapshot(`
      [
        3441829004105351,
        5662158056716222,
        3511491124317512,
      ]
    `)
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.array(fc.string({ unit: 'binary' })), (seed, names) => {
        expect(deriveSeed(seed, ...names)).toBe(deriveSeed(seed, ...names))
        expect(Number.isSafeInteger(deriveSeed(seed, ...names))).toBe(true)
      }),
    )
  })

  it('CL15 is another for another seed or other names, however near', () => {
    const seeds = new Set<number>()
    for (let seed = 0; seed < 200; seed += 1) {
      for (const names of [[], ['a'], ['b'], ['a', 'b'], ['ab'], ['a"', '"b'], ['']])
        seeds.add(deriveSeed(seed, ...names))
    }
    expect(seeds.size).toBe(1400)
  })

  it('CL12 refuses a seed that is not a whole number', () => {
    expect(() => deriveSeed(0.5, 'ana')).toThrow(expect.objectContaining({ code: 'invalidSeed' }))
  })
})
