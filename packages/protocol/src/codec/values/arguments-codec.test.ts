import { DataModelError, Folder } from '@banyan/datamodel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argument } from '../../../fixtures/arbitraries.ts'
import { decodeArguments, encodeArguments } from './arguments-codec.ts'

const allow = { allowNonFinite: true }
const reject = { allowNonFinite: false }

function roundTrip(...args: unknown[]): unknown {
  const { bytes, instances } = encodeArguments(args)
  const decoded = decodeArguments(bytes, instances, allow)
  return decoded.ok ? decoded.value : decoded.problem
}

function sizeOf(value: unknown): number {
  return encodeArguments([value]).bytes.length - 1
}

describe('arguments', () => {
  it('BC8 whatever may travel arrives equal, and shares nothing with what was sent', () => {
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 3 }), (args) => {
        const { bytes, instances } = encodeArguments(args)
        const decoded = decodeArguments(bytes, instances, allow)
        expect(decoded).toStrictEqual({ ok: true, value: args })
        const again = decodeArguments(bytes.slice(), instances, allow)
        bytes.fill(0xff)
        expect(decoded).toStrictEqual(again)
      }),
    )
  })

  it.each([
    [1, [null, undefined, true, false, 0, 127, '', [], {}]],
    [2, [-1, -63, -0]],
    [3, [128, -64, 'ab']],
    [5, [0.5, Number.NaN, Number.POSITIVE_INFINITY, 'abcd']],
    [9, [0.1, 1e300]],
    [4, [[1, 2, 3]]],
    [7, [{ a: 1, b: 2 }]],
  ])('BC9 takes %i bytes for each of %j', (size, values) => {
    expect(values.map(sizeOf)).toEqual(values.map(() => size))
  })

  it('BC10 undefined is omitted from objects, and is null elsewhere, as holes are', () => {
    const holes: unknown[] = [1]
    holes[2] = 2
    expect(roundTrip(undefined, { a: undefined, b: 1 }, [undefined], holes)).toStrictEqual([
      null,
      { b: 1 },
      [null],
      [1, null, 2],
    ])
  })

  it('BC11 instances travel as numbers of a table, each once, and arrive as what the table holds', () => {
    const [ana, ben] = [new Folder({ name: 'Ana' }), new Folder({ name: 'Ben' })]
    const { bytes, instances } = encodeArguments([ana, [ben, { who: ana }]])
    expect(instances).toEqual([ana, ben])
    expect(decodeArguments(bytes, ['A', null], reject)).toEqual({
      ok: true,
      value: ['A', [null, { who: 'A' }]],
    })
    expect(decodeArguments(bytes, ['A'], reject)).toMatchObject({ ok: false, reason: 'malformed' })
  })

  it.each<[string, unknown]>([
    ['args[0].run', { run: () => 1 }],
    ['args[0].items[2]', { items: [1, 2, Symbol('x')] }],
    ['args[0]["a b"]', { 'a b': new (class Weapon {})() }],
    ['args[0].keys()[0]', new Map([[new WeakMap(), 1]])],
    [
      'args[0].values()[1].x',
      new Map<string, unknown>([
        ['a', 1],
        ['b', { x: Promise.resolve() }],
      ]),
    ],
    ['args[0].values()[0]', new Set([new DataView(new ArrayBuffer(1))])],
    ['args[0].of', { of: { constructor: 1 } }],
    ['args[0].a', { a: JSON.parse('{"__proto__":1}') }],
    ['args[0]', { [Symbol('x')]: 1 }],
  ])('BC12 the sender gets an error that names %s', (path, value) => {
    expect(() => encodeArguments([value])).toThrow(
      expect.objectContaining({ code: 'invalidArgument', message: expect.stringContaining(`"${path}"`) }),
    )
  })

  it('BC12 the sender gets an error for cycles and for more than 32 levels', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    expect(() => encodeArguments([cycle])).toThrow(DataModelError)
    const nest = (levels: number): unknown =>
      Array.from({ length: levels }).reduce((inner: unknown) => [inner], 1)
    expect(roundTrip(nest(32))).toEqual([nest(32)])
    expect(() => encodeArguments([nest(33)])).toThrow(/32 levels/)
  })

  it.each<[string, unknown]>([
    ['args[0].speed', { speed: Number.NaN }],
    ['args[0][1]', [1, Number.NEGATIVE_INFINITY]],
    ['args[0].values()[0]', new Map([['a', Number.POSITIVE_INFINITY]])],
    ['args[0]', Float64Array.of(1, Number.NaN)],
    ['args[0]', Float32Array.of(Number.POSITIVE_INFINITY)],
    ['args[0].at', { at: new Date(Number.NaN) }],
  ])('BC13 what is not finite is invalid, not malformed, and is named: %s', (path, value) => {
    const { bytes, instances } = encodeArguments([value])
    expect(decodeArguments(bytes, instances, reject)).toEqual({
      ok: false,
      reason: 'invalid',
      problem: expect.stringContaining(`${path}: `),
    })
    expect(decodeArguments(bytes, instances, allow).ok).toBe(true)
  })
})
