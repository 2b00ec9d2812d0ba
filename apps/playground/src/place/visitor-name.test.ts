import { describe, expect, it } from 'vitest'
import { nameOfNumber } from './visitor-name.ts'

describe('visitor names', () => {
  it('gives 256 different names of at most 20 characters', () => {
    const names = Array.from({ length: 256 }, (_, number) => nameOfNumber(number))
    expect(new Set(names).size).toBe(256)
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(20)
  })
})
