import fc from 'fast-check'
import { applyPatches, enablePatches, type Patch, produceWithPatches } from 'immer'
import { beforeAll, describe, expect, it } from 'vitest'
import { applyNestedEdits, type NestedEdit } from './nested-edit.ts'
import { ownPlain } from './plain-value.ts'

const invalid = expect.objectContaining({ code: 'invalidValue' })

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const key = fc.constantFrom('a', 'b', 'c', '0', 'length', '')
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(fc.nat(3), fc.constantFrom('x', 'y'), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value
const container = json.filter((value) => typeof value === 'object' && value !== null)

/** One step of a recipe: `walk` chooses the container, the rest what happens to it. */
const step = fc.record({
  walk: fc.array(fc.nat(5), { maxLength: 4 }),
  op: fc.constantFrom(
    'set',
    'delete',
    'push',
    'pop',
    'shift',
    'insert',
    'splice',
    'sort',
    'reverse',
    'shorten',
    'move',
  ),
  key,
  index: fc.nat(5),
  value: json,
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function containerAt(root: Json, walk: readonly number[]): Json[] | { [key: string]: Json } {
  let at = root as Json[] | { [key: string]: Json }
  for (const choice of walk) {
    const keys = Object.keys(at)
    const next: unknown = Reflect.get(at, keys[choice % Math.max(keys.length, 1)] ?? '')
    if (typeof next !== 'object' || next === null) break
    at = next as Json[]
  }
  return at
}

function run(root: Json, { walk, op, key: name, index, value }: Step): void {
  const at = containerAt(root, walk)
  if (!Array.isArray(at)) {
    const keys = Object.keys(at)
    if (op === 'delete' || op === 'pop') delete at[keys[index % Math.max(keys.length, 1)] ?? '']
    else at[name] = value
    return
  }
  const position = at.length === 0 ? 0 : index % at.length
  switch (op) {
    case 'set':
      if (at.length > 0) at[position] = value
      return
    case 'push':
      at.push(value)
      return
    case 'pop':
      at.pop()
      return
    case 'shift':
      at.shift()
      return
    case 'insert':
      at.splice(position, 0, value)
      return
    case 'delete':
      at.splice(position, 1)
      return
    case 'splice':
      at.splice(position, 2, value, name)
      return
    case 'sort':
      at.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
      return
    case 'reverse':
      at.reverse()
      return
    case 'shorten':
      at.length = position
      return
    case 'move': {
      const [item] = at.splice(position, 1)
      if (item !== undefined) at.push(item)
    }
  }
}

function editOf({ op, path, value }: Patch): NestedEdit {
  if (op === 'remove') return { op: 'delete', path }
  const isInsert = op === 'add' && typeof path.at(-1) === 'number'
  return { op: isInsert ? 'insert' : 'set', path, value }
}

function expectDeepFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  expect(Object.isFrozen(value)).toBe(true)
  for (const item of Object.values(value)) expectDeepFrozen(item)
}

function frozen<T>(value: T): T {
  return ownPlain(value) as T
}

beforeAll(() => enablePatches())

describe('nested edits', () => {
  it('NE1 repeat what Immer reports; NE2 leave the value before alone and freeze the one after', () => {
    fc.assert(
      fc.property(container, fc.array(step, { minLength: 1, maxLength: 6 }), (value, steps) => {
        const before = frozen(value)
        const text = JSON.stringify(before)
        const [after, patches] = produceWithPatches(before, (draft) => {
          for (const each of steps) run(draft as Json, each)
        })
        const applied = applyNestedEdits(before, patches.map(editOf))
        expect(applied).toEqual(after)
        expect(JSON.stringify(before)).toBe(text)
        expectDeepFrozen(applied)
      }),
      { numRuns: 1500 },
    )
  })

  it('NE1 NE3 NE4 mean what Immer means when it applies patches', () => {
    const before = frozen({ list: [1, 2, 3], map: { a: 1 } })
    const patches: Patch[] = [
      { op: 'add', path: ['list', 1], value: 9 },
      { op: 'remove', path: ['list', 0] },
      { op: 'replace', path: ['list', 'length'], value: 2 },
      { op: 'add', path: ['map', 'b'], value: { c: [] } },
      { op: 'add', path: ['map', 'b', 'c', 0], value: 'x' },
      { op: 'remove', path: ['map', 'a'] },
      { op: 'replace', path: ['list', '0'], value: 7 },
    ]
    const applied = applyNestedEdits(before, patches.map(editOf))
    expect(applied).toEqual(applyPatches(before, patches))
    expect(applied).toEqual({ list: [7, 2], map: { b: { c: ['x'] } } })
  })

  it('NE2 share what lies beside the paths, and copy the values that they bring', () => {
    const before = frozen({ bag: { sword: { count: 1 } }, shop: { open: true } })
    const value = { count: 2 }
    const after = applyNestedEdits(before, [
      { op: 'set', path: ['bag', 'axe'], value },
      { op: 'set', path: ['bag', 'axe', 'count'], value: 3 },
    ])
    expect(after).toEqual({ bag: { sword: { count: 1 }, axe: { count: 3 } }, shop: { open: true } })
    expect(after.shop).toBe(before.shop)
    expect(after.bag.sword).toBe(before.bag.sword)
    expect(value).toEqual({ count: 2 })
    expect(Object.isFrozen(value)).toBe(false)
    expect(applyNestedEdits(before, [])).toBe(before)
  })

  it('NE3 an empty path replaces everything', () => {
    expect(applyNestedEdits<unknown>(frozen({ a: 1 }), [{ op: 'set', path: [], value: 5 }])).toBe(5)
    expect(
      applyNestedEdits<unknown>(null, [
        { op: 'set', path: [], value: [] },
        { op: 'insert', path: [0], value: 'x' },
      ]),
    ).toEqual(['x'])
  })

  it.each<[string, NestedEdit]>([
    ['a path through nothing', { op: 'set', path: ['no', 'a'], value: 1 }],
    ['a path through a number', { op: 'set', path: ['count', 'a'], value: 1 }],
    ['a path through an inherited member', { op: 'set', path: ['toString', 'a'], value: 1 }],
    ['a path through an array method', { op: 'set', path: ['list', 'map', 'a'], value: 1 }],
    ['an index behind the end', { op: 'set', path: ['list', 2], value: 1 }],
    ['an index behind the end, by string', { op: 'set', path: ['list', '2'], value: 1 }],
    ['an insertion behind the end', { op: 'insert', path: ['list', 3], value: 1 }],
    ['a deletion behind the end', { op: 'delete', path: ['list', 2] }],
    ['a negative index', { op: 'set', path: ['list', -1], value: 1 }],
    ['a broken index', { op: 'set', path: ['list', 0.5], value: 1 }],
    ['an index with a leading zero', { op: 'set', path: ['list', '01'], value: 1 }],
    ['a name in an array', { op: 'set', path: ['list', 'push'], value: 1 }],
    ['a longer length', { op: 'set', path: ['list', 'length'], value: 3 }],
    ['a broken length', { op: 'set', path: ['list', 'length'], value: 0.5 }],
    ['a length that is no number', { op: 'set', path: ['list', 'length'], value: '1' }],
    ['an inserted length', { op: 'insert', path: ['list', 'length'], value: 1 }],
    ['a deleted length', { op: 'delete', path: ['list', 'length'] }],
    ['a number as a key', { op: 'set', path: ['map', 1], value: 1 }],
    ['an insertion into an object', { op: 'insert', path: ['map', 'b'], value: 1 }],
    ['a deletion of nothing', { op: 'delete', path: ['map', 'b'] }],
    ['a deletion of an inherited member', { op: 'delete', path: ['map', 'toString'] }],
    ['a deletion of everything', { op: 'delete', path: [] }],
    ['an insertion of everything', { op: 'insert', path: [], value: 1 }],
    ['__proto__ as a key', { op: 'set', path: ['map', '__proto__'], value: {} }],
    ['__proto__ on the path', { op: 'set', path: ['map', '__proto__', 'polluted'], value: 1 }],
    ['constructor on the path', { op: 'set', path: ['map', 'constructor', 'prototype', 'x'], value: 1 }],
    ['prototype as a key', { op: 'set', path: ['map', 'prototype'], value: 1 }],
    ['a prototype key in a value', { op: 'set', path: ['map', 'b'], value: JSON.parse('{"__proto__":1}') }],
    ['a value that is not plain', { op: 'set', path: ['map', 'b'], value: Number.NaN }],
    ['undefined', { op: 'set', path: ['map', 'b'], value: undefined }],
  ])('NE5 refuse %s', (_, edit) => {
    const before = frozen({ list: [1, 2], map: { a: 1 }, count: 1 })
    const good: NestedEdit = { op: 'set', path: ['map', 'a'], value: 2 }
    expect(() => applyNestedEdits(before, [good, edit])).toThrow(invalid)
    expect(before).toEqual({ list: [1, 2], map: { a: 1 }, count: 1 })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
