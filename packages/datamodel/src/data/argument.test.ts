import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { CFrame } from '../values/cframe.ts'
import { Color3 } from '../values/color3.ts'
import { Vector2 } from '../values/vector2.ts'
import { Vector3 } from '../values/vector3.ts'
import { type ArgumentKind, argumentKind, copyArgument, copyArguments, instanceBrand } from './argument.ts'
import { elementSize, typedArrayName, typedArrayNames, typedArrayOver } from './typed-array.ts'

class FakeInstance {
  get [instanceBrand](): true {
    return true
  }
}

class Sword {
  count = 1
}

function deep(levels: number): unknown {
  return levels === 0 ? 1 : [deep(levels - 1)]
}

function refusal(value: unknown): string {
  try {
    copyArguments([null, value])
  } catch (error) {
    expect(error).toMatchObject({ name: 'DataModelError', code: 'invalidArgument' })
    return error instanceof Error ? error.message : ''
  }
  throw new Error('was taken')
}

describe('arguments', () => {
  it.each<[unknown, ArgumentKind]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'boolean'],
    [Number.NaN, 'number'],
    [1n, 'bigint'],
    ['', 'string'],
    [[], 'array'],
    [{}, 'object'],
    [Object.create(null), 'object'],
    [runInNewContext('({})'), 'object'],
    [new Map(), 'map'],
    [new Set(), 'set'],
    [new Date(0), 'date'],
    [new ArrayBuffer(1), 'arrayBuffer'],
    [new Uint8Array(1), 'typedArray'],
    [Buffer.from('x'), 'typedArray'],
    [new BigInt64Array(1), 'typedArray'],
    [new DataView(new ArrayBuffer(1)), 'unsupported'],
    [Vector2.zero, 'vector2'],
    [Vector3.zero, 'vector3'],
    [CFrame.identity, 'cframe'],
    [Color3.white, 'color3'],
    [new FakeInstance(), 'instance'],
    [new Sword(), 'unsupported'],
    [new Error('x'), 'unsupported'],
    [/x/, 'unsupported'],
    [Promise.resolve(), 'unsupported'],
    [new Proxy(() => 1, {}), 'unsupported'],
    [Symbol('s'), 'unsupported'],
  ])('have a kind: %o', (value, kind) => {
    expect(argumentKind(value)).toBe(kind)
  })

  it('AR1 arrive as deep copies that share nothing', () => {
    const bytes = new Uint8Array([1, 2])
    const original = {
      list: [1, { a: 'b' }],
      map: new Map<unknown, unknown>([
        ['k', [1]],
        [{ key: 1 }, new Set([[2]])],
      ]),
      date: new Date(5),
      big: 10n ** 20n,
      bytes,
      buffer: bytes.buffer,
      floats: new Float64Array([0.1, Number.NaN]),
    }
    const [copy] = copyArguments([original]) as [typeof original]
    expect(copy).toEqual(original)
    original.list.push(2)
    original.map.clear()
    original.date.setTime(6)
    bytes[0] = 9
    original.floats[0] = 9
    expect(copy.list).toEqual([1, { a: 'b' }])
    expect([...copy.map.values()]).toEqual([[1], new Set([[2]])])
    expect(copy.date).toEqual(new Date(5))
    expect(copy.bytes).toEqual(new Uint8Array([1, 2]))
    expect(new Uint8Array(copy.buffer)).toEqual(new Uint8Array([1, 2]))
    expect(copy.floats[0]).toBe(0.1)
  })

  it('AR2 keep value types and instances', () => {
    const args = [new Vector2(1, 2), Vector3.one, CFrame.identity, Color3.white, new FakeInstance()]
    for (const [index, copy] of copyArguments(args).entries()) expect(copy).toBe(args[index])
  })

  it('AR3 turn undefined into nothing or null', () => {
    const sparse = Object.assign([1], { 2: 3 })
    expect(
      copyArguments([undefined, { a: undefined, b: 1 }, [undefined], sparse, new Set([undefined])]),
    ).toStrictEqual([null, { b: 1 }, [null], [1, null, 3], new Set([null])])
    expect(copyArguments([])).toEqual([])
    expect(copyArgument(undefined, 'result')).toBeNull()
  })

  it('AR4 name the path of what cannot travel', () => {
    const cycle: Record<string, unknown> = {}
    cycle['deep'] = [cycle]
    expect(refusal({ items: [1, 2, () => 3] })).toBe(
      'cannot send "args[1].items[2]": a function cannot travel. Send plain data.',
    )
    expect(refusal(Symbol('s'))).toContain('"args[1]": a symbol')
    expect(refusal({ 'a b': { $c: new Sword() } })).toContain('"args[1]["a b"].$c": an instance of Sword')
    expect(refusal(cycle)).toContain('"args[1].deep[0]": it contains itself')
    expect(refusal(new Map([['a', new Map([[() => 1, 1]])]]))).toContain('"args[1].values()[0].keys()[0]"')
    expect(refusal([new Set([1, new WeakMap()])])).toContain(
      '"args[1][0].values()[1]": an instance of WeakMap',
    )
    expect(refusal({ [Symbol('s')]: 1 })).toContain('"args[1]": it has a symbol as a key')
    expect(refusal(JSON.parse('{"a":{"__proto__":{"b":1}}}'))).toContain(
      '"args[1].a": it has the key __proto__',
    )
    expect(refusal(Object.create({ inherited: 1 }))).toContain('"args[1]": an object cannot travel')
    expect(() => copyArgument(() => 1, 'result')).toThrow('cannot send "result": a function')
  })

  it('AR5 nest 32 levels deep at most', () => {
    expect(copyArguments([deep(32)])).toEqual([deep(32)])
    expect(refusal(deep(33))).toContain('it lies more than 32 levels deep')
  })

  it('AR6 lose their prototypes, and buffers what lies beside a view', () => {
    class Bag extends Map<string, number> {}
    const pool = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])
    const [bag, bytes, shorts, bare] = copyArguments([
      new Bag([['a', 1]]),
      Buffer.from(pool.buffer, 2, 3),
      new Uint16Array(pool.buffer, 2, 1),
      Object.assign(Object.create(null), { a: 1 }),
    ])
    expect(bag).toStrictEqual(new Map([['a', 1]]))
    expect(bytes).toStrictEqual(new Uint8Array([3, 4, 5]))
    expect((bytes as Uint8Array).buffer.byteLength).toBe(3)
    expect(shorts).toStrictEqual(new Uint16Array(pool.buffer.slice(2, 4)))
    expect(bare).toStrictEqual({ a: 1 })
  })

  it('AR7 may name one object twice', () => {
    const shared = { a: 1 }
    const [copy] = copyArguments([[shared, shared]]) as [[object, object]]
    expect(copy).toEqual([shared, shared])
    expect(copy[0]).not.toBe(copy[1])
  })

  it('AR8 pass numbers that are not finite, and repair text', () => {
    expect(copyArguments([Number.NaN, Number.NEGATIVE_INFINITY, 'a\ud83d'])).toEqual([
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      'a\ufffd',
    ])
  })
})

describe('typed arrays', () => {
  it('AR1 are rebuilt from their bytes', () => {
    for (const name of typedArrayNames) {
      const array = typedArrayOver(name, new ArrayBuffer(16))
      expect(typedArrayName(array)).toBe(name)
      expect(array.length * elementSize(name)).toBe(16)
    }
    expect(typedArrayName(new DataView(new ArrayBuffer(1)))).toBeNull()
  })
})
