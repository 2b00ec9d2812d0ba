import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isPlainObject, ownPlain, plainProblem } from './plain-value.ts'

function deep(levels: number): unknown {
  return levels === 0 ? 1 : { next: deep(levels - 1) }
}

function deepArray(levels: number): unknown {
  return levels === 0 ? 1 : [deepArray(levels - 1)]
}

describe('plain data', () => {
  it('PT8 takes objects, arrays, strings, finite numbers, booleans and null', () => {
    const shared = { a: 1 }
    const bare: object = Object.assign(Object.create(null), { a: 1 })
    for (const value of [null, true, 'x', 1.5, [], {}, [shared, shared], bare, { length: 1, '': [null] }]) {
      expect(plainProblem(value)).toBeNull()
    }
    expect(plainProblem(runInNewContext('({ a: [1] })'))).toBeNull()
  })

  class Sword {
    count = 1
  }
  const cycle: unknown[] = []
  cycle.push({ back: cycle })

  it.each<[unknown, string]>([
    [undefined, 'expected plain data, got undefined'],
    [{ a: undefined }, 'expected plain data, got undefined at a'],
    [Object.assign([1], { 2: 2 }), 'expected plain data, got undefined at 1'],
    [{ a: [{ b: Number.NaN }] }, 'expected plain data, got NaN at a.0.b'],
    [[1n], 'expected plain data, got 1n at 0'],
    [{ sword: new Sword() }, 'expected plain data, got an instance of Sword at sword'],
    [new Map(), 'expected plain data, got an instance of Map'],
    [Object.create({ a: 1 }), 'expected plain data, got an object'],
    [{ run: () => 1 }, 'expected plain data, got a function at run'],
    [{ [Symbol('s')]: 1 }, 'expected plain data, got the key Symbol(s)'],
    [JSON.parse('{"a":{"__proto__":1}}'), 'expected plain data, got the key __proto__ at a'],
    [{ constructor: 1 }, 'expected plain data, got the key constructor'],
    [{ prototype: 1 }, 'expected plain data, got the key prototype'],
    [cycle, 'expected plain data, got a cycle at 0.back'],
    [['x'.repeat(200_001)], 'expected at most 200000 characters, got 200001 at 0'],
  ])('PT8 refuses %o', (value, problem) => {
    expect(plainProblem(value)).toBe(problem)
  })

  it('PT8 has at most 32 levels', () => {
    expect(plainProblem(deep(32))).toBeNull()
    expect(plainProblem(deep(33))).toMatch(/^expected at most 32 levels at next/)
    expect(plainProblem(deepArray(32))).toBeNull()
    expect(plainProblem(deepArray(33))).toMatch(/^expected at most 32 levels at 0/)
    expect(plainProblem(deep(1000))).not.toBeNull()
  })

  it('PT9 is copied and deep-frozen, and left alone where it is frozen already', () => {
    const value = { a: [{ b: 1 }], text: 'half \ud83d', 'key \ud83d': 1 }
    const owned = ownPlain(value)
    expect(owned).toEqual({ a: [{ b: 1 }], text: 'half \ufffd', 'key \ufffd': 1 })
    expect(Object.isFrozen(value)).toBe(false)
    expect(ownPlain(owned)).toBe(owned)
    const shallow = Object.freeze({ inner: { a: 1 } })
    const copy = ownPlain(shallow)
    expect(copy).not.toBe(shallow)
    expect(Object.isFrozen((copy as typeof shallow).inner)).toBe(true)
    const half = Object.freeze({ 'key \ud83d': 1 })
    expect(ownPlain(half)).not.toBe(half)
  })

  it('is of Object itself in any realm', () => {
    expect(isPlainObject(runInNewContext('({})'))).toBe(true)
    expect(isPlainObject(Object.create(null))).toBe(true)
    expect(isPlainObject(Object.create(Object.create(null)))).toBe(false)
    expect(isPlainObject(new Sword())).toBe(false)
    expect(isPlainObject(Object.prototype)).toBe(true)
  })
})
