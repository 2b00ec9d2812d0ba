import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CFrame } from './cframe.ts'
import { type Rotation, rotationOf } from './rotation.ts'
import { rotationUnit, roundRotation, stepsOfRotation } from './rotation-steps.ts'

const angle = fc.double({ min: -7, max: 7, noNaN: true })
/** Any way to stand, those near quarter turns among them, where the largest of the four numbers changes. */
const rotation = fc
  .tuple(
    ...[0, 1, 2].map(() =>
      fc.oneof(
        angle,
        fc
          .tuple(fc.integer({ min: -8, max: 8 }), fc.double({ min: -1e-4, max: 1e-4, noNaN: true }))
          .map(([part, off]) => (part * Math.PI) / 4 + off),
      ),
    ),
  )
  .map(([x = 0, y = 0, z = 0]) => CFrame.fromEuler(x, y, z).rotation)

/** In radians, by the whole matrix: a cosine near 1 has no digits left for small angles. */
function angleBetween(one: Rotation, other: Rotation): number {
  const squares = one.reduce((sum, part, at) => sum + (part - (other[at] ?? 0)) ** 2, 0)
  return 2 * Math.asin(Math.min(1, Math.sqrt(squares / 8)))
}

const quarters = [0, 1, 2, 3]
const square = quarters.flatMap((x) =>
  quarters.flatMap((y) =>
    quarters.map((z) =>
      CFrame.fromEuler((x * Math.PI) / 2, (y * Math.PI) / 2, (z * Math.PI) / 2).rotation.map(Math.round),
    ),
  ),
)

describe('rotations in steps', () => {
  it('PT14 rounding again changes nothing, and is at most 0.0031 degrees off', () => {
    fc.assert(
      fc.property(rotation, (given) => {
        const once = roundRotation(given)
        expect(roundRotation(once)).toEqual(once)
        expect(angleBetween(given, once)).toBeLessThan((0.0031 * Math.PI) / 180)
      }),
      { numRuns: 5000 },
    )
  })

  it('PT14 the four numbers and the matrix that they stand for convert both ways without loss', () => {
    const part = fc.oneof(
      fc.integer({ min: -rotationUnit, max: rotationUnit }),
      fc.constantFrom(0, 1, -1, rotationUnit, -rotationUnit, rotationUnit - 1, 1 - rotationUnit),
    )
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.nat(3), ([a, b, c], at) => {
        const [w = 0, x = 0, y = 0, z = 0] = [a, b, c].toSpliced(at, 0, rotationUnit)
        const made = rotationOf([w, x, y, z])
        const steps = stepsOfRotation(made, 0)
        expect(steps).not.toBeNull()
        const first = [w, x, y, z].find((each) => Math.abs(each) === rotationUnit) ?? 0
        expect(steps).toEqual([w, x, y, z].map((each) => each * Math.sign(first) + 0))
        expect(rotationOf([-w, -x, -y, -z]).map((each) => each + 0)).toEqual(made.map((each) => each + 0))
        const { rotation: own } = new CFrame(undefined, made)
        expect(new CFrame(undefined, roundRotation(own)).rotation).toEqual(own)
      }),
      { numRuns: 5000 },
    )
  })

  it('PT14 the 24 ways to stand squarely are exact', () => {
    expect(new Set(square.map((each) => each.map((part) => part + 0).join())).size).toBe(24)
    for (const each of square) {
      const { rotation: own } = CFrame.fromComponents([0, 0, 0, ...each])
      expect(new CFrame(undefined, roundRotation(own)).rotation).toEqual(own)
      expect(stepsOfRotation(own, 0)).not.toBeNull()
    }
  })

  it('PT14 what is no rotation stays as it is, numbers too large to add up among them', () => {
    const largest = Number.MAX_VALUE
    const odd: readonly Rotation[] = [
      [-1, 0, 0, 0, 1, 0, 0, 0, 1],
      [2, 0, 0, 0, 2, 0, 0, 0, 2],
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
      [largest, largest, 0, -largest, largest, 0, 0, 0, largest],
    ]
    for (const each of odd) {
      expect(roundRotation(each)).toBe(each)
      expect([stepsOfRotation(each), stepsOfRotation(each, 0)]).toEqual([null, null])
    }
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 9, maxLength: 9 }),
        (nine) => {
          const once = roundRotation(nine as readonly number[] as Rotation)
          expect(roundRotation(once)).toEqual(once)
          expect(once.every(Number.isFinite)).toBe(true)
        },
      ),
    )
  })

  it('PT14 four zeros are no turn, and numbers above the unit still make one', () => {
    expect(rotationOf([0, 0, 0, 0])).toEqual(CFrame.identity.rotation)
    expect(rotationOf([2 ** 53, -(2 ** 53), 5, 2 ** 40]).every(Number.isFinite)).toBe(true)
  })
})
