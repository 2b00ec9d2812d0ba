import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Edit, IntMap } from './int-map.ts'

const key = fc.oneof(
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ min: 0, max: 40_000 }),
  fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  fc.constantFrom(0, 31, 32, 1023, 1024, 2 ** 20, 2 ** 30 - 1, 2 ** 30, 2 ** 31 - 1),
)
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('set' as const), key, value: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('delete' as const), key, value: fc.constant(0) }) },
)
/** Batches of changes; each batch is one edit, or plain persistent steps. */
const history = fc.array(fc.record({ isEdit: fc.boolean(), changes: fc.array(change, { maxLength: 60 }) }), {
  maxLength: 12,
})

function sorted(model: ReadonlyMap<number, number>): [number, number][] {
  return [...model].toSorted(([a], [b]) => a - b)
}

function expectSame(map: IntMap<number>, model: ReadonlyMap<number, number>): void {
  const expected = sorted(model)
  expect([...map]).toEqual(expected)
  expect([...map.values()]).toEqual(expected.map(([, value]) => value))
  const visited: [number, number][] = []
  map.forEach((value, at) => {
    visited.push([at, value])
  })
  expect(visited).toEqual(expected)
  expect(map.size).toBe(model.size)
  for (const [at, value] of expected) {
    expect(map.get(at)).toBe(value)
    expect(map.has(at)).toBe(true)
  }
}

describe('IntMap', () => {
  it('IM1 holds what a Map would, in key order; IM2 kept versions stay as they were', () => {
    fc.assert(
      fc.property(history, fc.array(key, { maxLength: 20 }), (batches, probes) => {
        const model = new Map<number, number>()
        let map = IntMap.empty<number>()
        const kept: { map: IntMap<number>; model: Map<number, number> }[] = []
        for (const { isEdit, changes } of batches) {
          const edit = isEdit ? new Edit() : undefined
          for (const { op, key: at, value } of changes) {
            if (op === 'set') model.set(at, value)
            else model.delete(at)
            map = op === 'set' ? map.set(at, value, edit) : map.delete(at, edit)
          }
          kept.push({ map, model: new Map(model) })
        }
        for (const version of kept) expectSame(version.map, version.model)
        for (const probe of probes) expect(map.get(probe)).toBe(model.get(probe))
      }),
      { numRuns: 300 },
    )
  })

  it('IM1 grows to 100,000 dense keys and shrinks to none', () => {
    const edit = new Edit()
    let map = IntMap.empty<number>()
    for (let at = 1; at <= 100_000; at += 1) map = map.set(at, -at, edit)
    expect(map.size).toBe(100_000)
    expect(map.get(99_999)).toBe(-99_999)
    expect(map.get(0)).toBeUndefined()
    let previous = 0
    map.forEach((_, at) => {
      if (at !== previous + 1) throw new Error(`${at} follows ${previous}`)
      previous = at
    })
    for (let at = 100_000; at >= 1; at -= 1) map = map.delete(at, edit)
    expect([...map]).toEqual([])
    expect(map.size).toBe(0)
  })

  it('IM2 two edits that start from one version do not see each other', () => {
    const start = IntMap.empty<string>().set(1, 'a').set(2, 'b')
    const one = start.set(1, 'one', new Edit()).set(3, 'c')
    const other = start.set(1, 'other', new Edit()).delete(2)
    expect([...start.values()]).toEqual(['a', 'b'])
    expect([...one.values()]).toEqual(['one', 'b', 'c'])
    expect([...other.values()]).toEqual(['other'])
  })

  it('IM3 returns itself when nothing changes', () => {
    const map = IntMap.empty<number>().set(5, Number.NaN).set(900, 1)
    expect(map.set(5, Number.NaN)).toBe(map)
    expect(map.set(900, 1, new Edit())).toBe(map)
    expect(map.delete(6)).toBe(map)
    expect(map.delete(901, new Edit())).toBe(map)
  })

  it('IM4 changes in place what was made under the same edit, and nothing else', () => {
    const start = IntMap.empty<number>().set(1, 1)
    const edit = new Edit()
    const first = start.set(2, 2, edit)
    expect(first).not.toBe(start)
    expect(first.set(40, 3, edit)).toBe(first)
    expect(first.set(2, 4, edit)).toBe(first)
    expect(first.delete(1, edit)).toBe(first)
    expect([...first]).toEqual([
      [2, 4],
      [40, 3],
    ])
    const later = first.set(2, 5, new Edit())
    expect(later).not.toBe(first)
    expect(first.get(2)).toBe(4)
    expect([...start]).toEqual([[1, 1]])
  })

  it('IM5 has one empty map', () => {
    expect(IntMap.empty<number>()).toBe(IntMap.empty<string>())
    expect(IntMap.empty<number>().set(7, 1).delete(7)).toBe(IntMap.empty())
  })

  it('IM6 refuses keys out of range, and finds nothing at them', () => {
    const map = IntMap.empty<number>()
      .set(0, 1)
      .set(1, 1)
      .set(2 ** 31 - 1, 1)
    for (const bad of [-1, 0.5, 1.5, 2 ** 31, 2 ** 32, 2 ** 32 + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => map.set(bad, 1)).toThrow(expect.objectContaining({ code: 'invalidValue' }))
      expect(map.get(bad)).toBeUndefined()
      expect(map.has(bad)).toBe(false)
      expect(map.delete(bad)).toBe(map)
    }
  })
})

it('IM7 of ascending keys it is made at once, as if they had been set; of others it is not', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (some, step) => {
      const dense = Array.from({ length: 200 }, (_, at) => at * step)
      for (const keys of [some.toSorted((one, other) => one - other), dense]) {
        const made = IntMap.ofAscending(keys, keys.map(String))
        let set = IntMap.empty<string>()
        for (const key of keys) set = set.set(key, String(key))
        expect([...(made ?? [])]).toEqual([...set])
        expect(made?.size).toBe(keys.length)
        expect([...(made?.slices() ?? [])].flat()).toEqual([...set.values()])
        const before = [...set]
        made?.set(keys[0] ?? 0, 'other')
        made?.set(7, 'seven', new Edit()).delete(keys.at(-1) ?? 0)
        expect([...(made ?? [])]).toEqual(before)
      }
    }),
  )
  for (const keys of [[2, 1], [1, 1], [40, 2], [-1], [2 ** 31], [1.5], [Number.NaN]]) {
    expect(IntMap.ofAscending(keys, keys)).toBeNull()
  }
  expect(IntMap.ofAscending([], [])).toBe(IntMap.empty())
})
