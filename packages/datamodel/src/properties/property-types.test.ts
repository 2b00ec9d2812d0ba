import { describe, expect, expectTypeOf, it } from 'vitest'
import { Folder, type Part } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { instanceBrand } from '../instance/instance-brand.ts'
import type { PropertyTypes } from '../schema/class-schema.ts'
import { CFrame } from '../values/cframe.ts'
import { Color3 } from '../values/color3.ts'
import { Vector2 } from '../values/vector2.ts'
import { Vector3 } from '../values/vector3.ts'
import { bool } from './boolean.ts'
import { color3 } from './color.ts'
import { cframe, vector2, vector3 } from './geometry.ts'
import { nested } from './nested.ts'
import { float, float32, int } from './numbers.ts'
import type { PropertyType } from './property-type.ts'
import { reference } from './reference.ts'
import { oneOf, string } from './strings.ts'

const invalidDefinition = expect.objectContaining({ code: 'invalidDefinition' })

class FakeInstance {
  get [instanceBrand](): true {
    return true
  }
}

describe('property types', () => {
  it.each<[PropertyType<unknown>, unknown, string]>([
    [bool(), 1, 'expected a boolean, got 1'],
    [int(), 1.5, 'expected an integer, got 1.5'],
    [int(), '1', 'expected an integer, got "1"'],
    [int(), 2 ** 53, 'expected an integer, got 9007199254740992'],
    [int(), 1n, 'expected an integer, got 1n'],
    [float(), Number.NaN, 'expected a finite number, got NaN'],
    [float(), undefined, 'expected a finite number, got undefined'],
    [float32(), 1e39, 'expected a finite number of single precision, got 1e+39'],
    [float32(), null, 'expected a finite number of single precision, got null'],
    [string(), Symbol('s'), 'expected a string, got a symbol'],
    [string(), 'x'.repeat(200_001), 'expected at most 200000 characters, got 200001'],
    [oneOf('a', 'b'), 'c', 'expected one of a, b, got "c"'],
    [oneOf('a'), 'toString', 'expected one of a, got "toString"'],
    [vector2(), { x: 1, y: 2 }, 'expected a Vector2, got an object'],
    [vector3(), Vector2.zero, 'expected a Vector3, got an instance of Vector2'],
    [cframe(), Vector3.zero, 'expected a CFrame, got an instance of Vector3'],
    [color3(), '#fff', 'expected a Color3, got "#fff"'],
    [reference(), {}, 'expected an Instance or null, got an object'],
    [reference(), undefined, 'expected an Instance or null, got undefined'],
    [nested({}), () => 1, 'expected plain data, got a function'],
  ])('PT1 %o refuses %o', (type, value, problem) => {
    expect(type.problem(value)).toBe(problem)
    expect(type.problem(type.defaultValue)).toBeNull()
  })

  it('PT1 take what fits', () => {
    expect(string().problem('x'.repeat(200_000))).toBeNull()
    expect(int().problem(-(2 ** 53) + 1)).toBeNull()
    expect(float().problem(Number.MAX_VALUE)).toBeNull()
    expect(vector3().problem(new Vector3(1, 2, 3))).toBeNull()
    expect(nested<unknown>(null).problem([{ a: [1, 'b', null, true] }])).toBeNull()
  })

  it('PT2 refuse definitions that make no sense', () => {
    expect(() => int(0.5)).toThrow(invalidDefinition)
    expect(() => nested(new Map())).toThrow(invalidDefinition)
    for (const precision of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e292, 1.1e15]) {
      expect(() => float(0, { precision })).toThrow(invalidDefinition)
    }
    expect(() => oneOf('a', 'b', 'a')).toThrow(invalidDefinition)
    expect(() => Reflect.apply(oneOf, null, [])).toThrow(invalidDefinition)
    expect(() => Reflect.apply(oneOf, null, ['a', { default: 'b' }])).toThrow(invalidDefinition)
  })

  it.each([Number.MIN_VALUE, 1e-300, 0.01, 1e15])(
    'PT6 no number becomes infinite at a precision of %d',
    (precision) => {
      for (const value of [Number.MAX_VALUE, -Number.MAX_VALUE, 1e308, Number.MIN_VALUE]) {
        expect(float(0, { precision }).round(value)).toSatisfy(Number.isFinite)
      }
    },
  )

  it('carry their options and are frozen', () => {
    expect(bool().replicates).toBe(true)
    expect(bool(true, { visibleTo: 'server' })).toMatchObject({ defaultValue: true, replicates: false })
    expect(reference({ visibleTo: 'server' }).replicates).toBe(false)
    expect(float(1, { precision: 0.5 }).precision).toBe(0.5)
    expect(float().precision).toBeNull()
    expect(Object.isFrozen(float())).toBe(true)
    expect(oneOf('a', 'b').choices).toEqual(['a', 'b'])
    expect(Object.isFrozen(oneOf('a', 'b').choices)).toBe(true)
    expect(int().choices).toBeNull()
  })

  it('PT3 normalize numbers', () => {
    for (const type of [int(), float(), float32()]) expect(Object.is(type.own(-0), 0)).toBe(true)
    expect(float32().own(-1e-50)).toBe(0)
    expect(float32(-1e-50).defaultValue).toBe(0)
    expect(float32().own(0.1)).toBe(Math.fround(0.1))
    expect(float32(0.1).defaultValue).toBe(Math.fround(0.1))
    expect(float().own(0.1)).toBe(0.1)
  })

  it('PT4 repair half surrogate pairs', () => {
    expect(string().own('a\ud83d')).toBe('a\ufffd')
    expect(string().own('\u{1f600}')).toBe('\u{1f600}')
  })

  it('PT5 oneOf starts with its first choice or with the named one', () => {
    expect(oneOf('lobby', 'racing').defaultValue).toBe('lobby')
    const type = oneOf('lobby', 'racing', { default: 'racing', visibleTo: 'server' })
    expect(type).toMatchObject({ defaultValue: 'racing', replicates: false, choices: ['lobby', 'racing'] })
  })

  it('PT6 round at their precision, each component of vectors', () => {
    expect(float(0, { precision: 0.01 }).round(1.2345)).toBe(1.23)
    expect(float().round(1.2345)).toBe(1.2345)
    expect(float32(0, { precision: 0.1 }).round(1.26)).toBe(Math.fround(1.3))
    expect(vector2(Vector2.zero, { precision: 0.5 }).round(new Vector2(0.3, -0.2))).toEqual(
      new Vector2(0.5, 0),
    )
    const type = vector3(Vector3.zero, { precision: 0.1 })
    expect(type.round(new Vector3(0.11, 0.26, -0.04))).toEqual(new Vector3(0.1, 0.3, 0))
    const exact = new Vector3(0.1, 0.3, 0)
    expect(type.round(exact)).toBe(exact)
    expect(float(0.123, { precision: 0.1 }).defaultValue).toBe(0.1)
  })

  it('PT14 frames round their position at the precision, and their rotation to one of four whole numbers', () => {
    const type = cframe(CFrame.identity, { precision: 0.01 })
    const written = new CFrame(new Vector3(1.234, 0.001, -5), CFrame.fromEuler(1, 2, 3).rotation)
    const rounded = type.round(written)
    expect(rounded.position).toEqual(new Vector3(1.23, 0, -5))
    expect(rounded.rotation).not.toEqual(written.rotation)
    expect(rounded.lookVector.sub(written.lookVector).magnitude).toBeLessThan(6e-5)
    expect(type.round(rounded)).toBe(rounded)
    const square = new CFrame(new Vector3(0.5, 0, 0), [0, 0, 1, 0, 1, 0, -1, 0, 0])
    expect(type.round(square)).toBe(square)
    const mirror = CFrame.fromComponents([0.004, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 1])
    expect(type.round(mirror)).toEqual(new CFrame(Vector3.zero, mirror.rotation))
    expect(cframe().round(written)).toBe(written)
    expect(cframe(written, { precision: 0.01 }).defaultValue).toEqual(rounded)
    expect(() => cframe(written, { precision: 0 })).toThrow(invalidDefinition)
  })

  it('PT9 nested values are owned copies; their definition keeps no hand on the default', () => {
    const bag = { items: [{ name: 'rope', count: 1 }] }
    const type = nested(bag)
    expect(type.defaultValue).toEqual(bag)
    expect(type.defaultValue).not.toBe(bag)
    expect(Object.isFrozen(type.defaultValue.items[0])).toBe(true)
    const changed = type.own({ items: [...type.defaultValue.items, { name: 'axe', count: 2 }] })
    expect(changed.items[0]).toBe(type.defaultValue.items[0])
    expect(Object.isFrozen(changed.items[1])).toBe(true)
  })

  it('PT10 references take instances by their brand', () => {
    expect(reference().problem(new FakeInstance())).toBeNull()
    expect(reference().problem(null)).toBeNull()
    expect(reference().defaultValue).toBeNull()
  })

  it('PT11 compare value types by value, nested values and references by identity', () => {
    expect(vector3().same(new Vector3(1), new Vector3(1))).toBe(true)
    expect(cframe().same(CFrame.fromEuler(0, 1, 0), CFrame.fromEuler(0, 1, 0))).toBe(true)
    expect(color3().same(new Color3(1), Color3.white)).toBe(false)
    expect(float().same(1, 1)).toBe(true)
    const type = nested<{ a: number }>({ a: 1 })
    expect(type.same(type.defaultValue, { a: 1 })).toBe(false)
    expect(reference().same(new Folder(), new Folder())).toBe(false)
  })

  it('PT13 values may skip, but only those that all see who see the instance', () => {
    const maySkip = true
    const types = [
      bool(false, { maySkip }),
      int(0, { maySkip }),
      float(0, { maySkip, precision: 0.5 }),
      string('', { maySkip }),
      oneOf('a', 'b', { maySkip }),
      vector3(Vector3.zero, { maySkip }),
      cframe(CFrame.identity, { maySkip }),
      color3(Color3.black, { maySkip }),
    ]
    expect(types.every((type) => type.maySkip)).toBe(true)
    expect(int().maySkip).toBe(false)
    // Untyped code may pass it to any type.
    const untyped: object = { maySkip }
    expect([reference(untyped).maySkip, nested({}, untyped).maySkip]).toEqual([false, false])
    expect(() => int(0, { maySkip, visibleTo: 'owner' })).toThrow(invalidDefinition)
    expect(() => int(0, { maySkip, visibleTo: 'server' })).toThrow(invalidDefinition)
  })

  it('PT12 types follow from the call', () => {
    expectTypeOf(bool(true)).toEqualTypeOf<PropertyType<boolean>>()
    expectTypeOf(int(0)).toEqualTypeOf<PropertyType<number>>()
    expectTypeOf(float(0, { precision: 0.1, visibleTo: 'server' })).toEqualTypeOf<PropertyType<number>>()
    expectTypeOf(float32()).toEqualTypeOf<PropertyType<number>>()
    expectTypeOf(string('hello')).toEqualTypeOf<PropertyType<string>>()
    expectTypeOf(oneOf('a', 'b')).toEqualTypeOf<PropertyType<'a' | 'b'>>()
    expectTypeOf(oneOf('a', 'b', { default: 'b' })).toEqualTypeOf<PropertyType<'a' | 'b'>>()
    // @ts-expect-error a default must be one of the choices
    expect(() => oneOf('a', 'b', { default: 'c' })).toThrow(invalidDefinition)
    // @ts-expect-error an integer has no precision
    expect(int(0, { precision: 1 }).precision).toBeNull()
    expectTypeOf(vector2()).toEqualTypeOf<PropertyType<Vector2>>()
    expectTypeOf(vector3()).toEqualTypeOf<PropertyType<Vector3>>()
    expectTypeOf(cframe()).toEqualTypeOf<PropertyType<CFrame>>()
    expectTypeOf(color3()).toEqualTypeOf<PropertyType<Color3>>()
    expectTypeOf(reference()).toEqualTypeOf<PropertyType<Instance | null>>()
    expectTypeOf(reference<Part>()).toEqualTypeOf<PropertyType<Part | null>>()
    expectTypeOf({ at: reference() } satisfies PropertyTypes).toEqualTypeOf<{
      at: PropertyType<Instance | null>
    }>()
    expectTypeOf(nested({ bag: [1], at: [0, 0] as [number, number] })).toEqualTypeOf<
      PropertyType<{ readonly bag: readonly number[]; readonly at: readonly [number, number] }>
    >()
    interface Stats {
      wins: number
      best?: { track: string; laps: number[] } | null
    }
    expectTypeOf(nested<Stats>({ wins: 0 })).toEqualTypeOf<
      PropertyType<{
        readonly wins: number
        readonly best?: { readonly track: string; readonly laps: readonly number[] } | null
      }>
    >()
    expectTypeOf<PropertyType<number>>().toExtend<PropertyType<unknown>>()
  })
})
