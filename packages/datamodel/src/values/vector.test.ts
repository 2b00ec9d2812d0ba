import { describe, expect, it } from 'vitest'
import { Vector2 } from './vector2.ts'
import { Vector3 } from './vector3.ts'

const invalid = expect.objectContaining({ code: 'invalidValue', name: 'DataModelError' })

describe('Vector3', () => {
  const a = new Vector3(1, 2, 3)
  const b = new Vector3(4, -5, 6)

  it('VT1 is frozen and leaves its operands alone', () => {
    expect(Object.isFrozen(a)).toBe(true)
    expect(Object.isFrozen(a.add(b))).toBe(true)
    expect(a.toString()).toBe('1, 2, 3')
  })

  it('VT6 computes component by component, or by a number', () => {
    expect(a.add(b)).toEqual(new Vector3(5, -3, 9))
    expect(a.sub(b)).toEqual(new Vector3(-3, 7, -3))
    expect(a.mul(2)).toEqual(new Vector3(2, 4, 6))
    expect(a.mul(b)).toEqual(new Vector3(4, -10, 18))
    expect(a.div(2)).toEqual(new Vector3(0.5, 1, 1.5))
    expect(a.div(new Vector3(1, 2, 3))).toEqual(Vector3.one)
    expect(a.dot(b)).toBe(12)
    expect(Vector3.xAxis.cross(Vector3.yAxis)).toEqual(Vector3.zAxis)
    expect(new Vector3(2, 3, 6).magnitude).toBe(7)
    expect(a.lerp(b, 0)).toEqual(a)
    expect(a.lerp(b, 0.5)).toEqual(new Vector3(2.5, -1.5, 4.5))
    expect(a.lerp(b, 2)).toEqual(new Vector3(7, -12, 9))
  })

  it('VT2 refuses numbers that are not finite, also as results', () => {
    expect(() => new Vector3(0, Number.NaN, 0)).toThrow(invalid)
    expect(() => new Vector3(0, 0, Number.NEGATIVE_INFINITY)).toThrow('the z of a Vector3 "-Infinity"')
    expect(() => a.div(0)).toThrow(invalid)
    expect(() => a.mul(Number.MAX_VALUE)).toThrow(invalid)
  })

  it('VT3 has no negative zero; VT4 equals number by number', () => {
    expect(Object.is(new Vector3(-0, 0, 0).x, 0)).toBe(true)
    expect(Vector3.one.mul(-0)).toEqual(Vector3.zero)
    expect(a.equals(new Vector3(1, 2, 3))).toBe(true)
    expect(a.equals(new Vector3(1, 2, 3 + 1e-15))).toBe(false)
  })

  it('VT5 has a unit, and zero keeps none', () => {
    expect(new Vector3(0, 3, 4).unit).toEqual(new Vector3(0, 0.6, 0.8))
    expect(Vector3.zero.unit).toBe(Vector3.zero)
  })
})

describe('Vector2', () => {
  const a = new Vector2(1, 2)
  const b = new Vector2(4, -6)

  it('VT1 is frozen', () => {
    expect(Object.isFrozen(a)).toBe(true)
    expect(a.toString()).toBe('1, 2')
  })

  it('VT6 computes component by component, or by a number', () => {
    expect(a.add(b)).toEqual(new Vector2(5, -4))
    expect(a.sub(b)).toEqual(new Vector2(-3, 8))
    expect(a.mul(2)).toEqual(new Vector2(2, 4))
    expect(a.mul(b)).toEqual(new Vector2(4, -12))
    expect(b.div(2)).toEqual(new Vector2(2, -3))
    expect(b.div(new Vector2(4, 6))).toEqual(new Vector2(1, -1))
    expect(a.dot(b)).toBe(-8)
    expect(Vector2.xAxis.cross(Vector2.yAxis)).toBe(1)
    expect(new Vector2(3, 4).magnitude).toBe(5)
    expect(a.lerp(b, 0.5)).toEqual(new Vector2(2.5, -2))
  })

  it('VT2 refuses numbers that are not finite; VT3 has no negative zero; VT5 zero has no unit', () => {
    expect(() => new Vector2(Number.POSITIVE_INFINITY)).toThrow(invalid)
    expect(() => a.div(0)).toThrow(invalid)
    expect(Object.is(new Vector2(0, -0).y, 0)).toBe(true)
    expect(Vector2.zero.unit).toBe(Vector2.zero)
    expect(new Vector2(3, 4).unit.equals(new Vector2(0.6, 0.8))).toBe(true)
  })
})
