import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CFrame } from './cframe.ts'
import { Vector3 } from './vector3.ts'

const invalid = expect.objectContaining({ code: 'invalidValue' })
const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true })
const angle = fc.double({ min: -7, max: 7, noNaN: true })
const vector = fc.tuple(coordinate, coordinate, coordinate).map((all) => new Vector3(...all))
const cframe = fc
  .tuple(vector, angle, angle, angle)
  .map(([position, x, y, z]) => CFrame.fromPosition(position).mul(CFrame.fromEuler(x, y, z)))

function expectClose(actual: CFrame | Vector3, expected: CFrame | Vector3): void {
  const [a, b] = [actual, expected].map((each) =>
    each instanceof CFrame ? each.components : [each.x, each.y, each.z],
  )
  expect(a).toHaveLength(b?.length ?? 0)
  for (const [index, value] of (a ?? []).entries()) expect(value).toBeCloseTo(b?.[index] ?? Number.NaN, 6)
}

describe('CFrame', () => {
  it('VT1 is frozen through and through, VT2 finite, VT3 without negative zero', () => {
    const turned = CFrame.fromEuler(0, Math.PI, 0)
    expect(Object.isFrozen(turned)).toBe(true)
    expect(Object.isFrozen(turned.rotation)).toBe(true)
    expect(() => CFrame.fromEuler(Number.NaN, 0, 0)).toThrow(invalid)
    expect(CFrame.identity.inverse().components.some((value) => Object.is(value, -0))).toBe(false)
  })

  it('VT7 undoes itself', () => {
    fc.assert(
      fc.property(cframe, vector, (frame, point) => {
        expectClose(frame.mul(frame.inverse()), CFrame.identity)
        expectClose(frame.pointToLocal(frame.pointToWorld(point)), point)
        expectClose(frame.inverse().pointToWorld(frame.pointToWorld(point)), point)
      }),
    )
  })

  it('VT7 composes like the points it moves', () => {
    fc.assert(
      fc.property(cframe, cframe, vector, (outer, inner, point) => {
        expectClose(outer.mul(inner).pointToWorld(point), outer.pointToWorld(inner.pointToWorld(point)))
      }),
    )
  })

  it('VT8 is right-handed and looks along -z', () => {
    expect(CFrame.identity.lookVector).toEqual(new Vector3(0, 0, -1))
    expectClose(CFrame.fromEuler(Math.PI / 2, 0, 0).pointToWorld(Vector3.yAxis), Vector3.zAxis)
    expectClose(CFrame.fromEuler(0, Math.PI / 2, 0).pointToWorld(Vector3.zAxis), Vector3.xAxis)
    expectClose(CFrame.fromEuler(0, 0, Math.PI / 2).pointToWorld(Vector3.xAxis), Vector3.yAxis)
  })

  it('VT8 turns about z first, then y, then x', () => {
    fc.assert(
      fc.property(angle, angle, angle, (x, y, z) => {
        const stepwise = CFrame.fromEuler(x, 0, 0)
          .mul(CFrame.fromEuler(0, y, 0))
          .mul(CFrame.fromEuler(0, 0, z))
        expectClose(CFrame.fromEuler(x, y, z), stepwise)
      }),
    )
  })

  it('VT8 looks at any target, also straight up and at itself', () => {
    fc.assert(
      fc.property(vector, vector, (from, to) => {
        fc.pre(to.sub(from).magnitude > 0.001)
        const frame = CFrame.lookAt(from, to)
        expectClose(frame.position, from)
        expectClose(frame.lookVector, to.sub(from).unit)
        expectClose(frame.rightVector.cross(frame.upVector), frame.lookVector.mul(-1))
      }),
    )
    for (const target of [Vector3.yAxis, Vector3.yAxis.mul(-3)]) {
      const frame = CFrame.lookAt(Vector3.zero, target)
      expectClose(frame.lookVector, target.unit)
      expectClose(frame.mul(frame.inverse()), CFrame.identity)
    }
    expectClose(CFrame.lookAt(Vector3.zero, Vector3.zAxis, Vector3.zAxis).lookVector, Vector3.zAxis)
    expectClose(CFrame.lookAt(Vector3.zero, Vector3.zAxis, Vector3.zero).lookVector, Vector3.zAxis)
    expect(CFrame.lookAt(Vector3.one, Vector3.one)).toEqual(CFrame.fromPosition(Vector3.one))
  })

  it('VT9 lerps at a constant speed along the shortest turn', () => {
    const from = CFrame.fromPosition(Vector3.zero)
    const to = CFrame.fromPosition(new Vector3(4, 0, 0)).mul(CFrame.fromEuler(0, 3, 0))
    expectClose(from.lerp(to, 0.25), CFrame.fromPosition(Vector3.xAxis).mul(CFrame.fromEuler(0, 0.75, 0)))
    expectClose(
      CFrame.fromEuler(0, 3, 0).lerp(CFrame.fromEuler(0, -3, 0), 0.5),
      CFrame.fromEuler(0, Math.PI, 0),
    )
    fc.assert(
      fc.property(cframe, cframe, (a, b) => {
        expectClose(a.lerp(b, 0), a)
        expectClose(a.lerp(b, 1), b)
        expectClose(a.lerp(a, 0.3), a)
        const half = a.lerp(b, 0.5)
        expectClose(half.mul(half.inverse()), CFrame.identity)
      }),
    )
  })

  it('VT10 is its twelve components; VT4 equals number by number', () => {
    fc.assert(
      fc.property(cframe, (frame) => {
        const copy = CFrame.fromComponents(frame.components)
        expect(copy).toEqual(frame)
        expect(copy.equals(frame)).toBe(true)
        expect(copy.components).toHaveLength(12)
      }),
    )
    expect(CFrame.fromPosition(new Vector3(1, 2, 3)).toString()).toBe('1, 2, 3, 1, 0, 0, 0, 1, 0, 0, 0, 1')
    expect(CFrame.identity.equals(CFrame.fromEuler(0, 1e-9, 0))).toBe(false)
    expect(() => CFrame.fromComponents([1, 2, 3])).toThrow(invalid)
    expect(() => CFrame.fromComponents([])).toThrow(invalid)
  })
})
