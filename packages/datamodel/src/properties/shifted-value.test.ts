import { expect, test } from 'vitest'
import { CFrame } from '../values/cframe.ts'
import { stepsOfRotation } from '../values/rotation-steps.ts'
import { Vector3 } from '../values/vector3.ts'
import { cframe } from './geometry.ts'
import { stepsOf } from './precision.ts'
import { shiftedValue, stepCountOf } from './shifted-value.ts'

test('AP22 FO6 shifts of a frame lead from one to the next, and add up to one, also over the turn where all four of its numbers change their sign', () => {
  const type = cframe(undefined, { precision: 0.01 })
  const at = (ticks: number) =>
    type.round(
      new CFrame(new Vector3(ticks / 3, 0, -ticks), CFrame.fromEuler(ticks / 4, ticks / 5, 1).rotation),
    )
  const numbers = (frame: CFrame): readonly number[] => [
    ...[frame.position.x, frame.position.y, frame.position.z].map((value) => stepsOf(value, 0.01) ?? 0),
    ...(stepsOfRotation(frame.rotation, 0) ?? []),
  ]
  let sum = [0, 0, 0, 0, 0, 0, 0]
  for (let ticks = 1; ticks < 60; ticks++) {
    const before = numbers(at(ticks - 1))
    const steps = numbers(at(ticks)).map((number, part) => number - (before[part] ?? 0))
    sum = sum.map((count, part) => count + (steps[part] ?? 0))
    expect(shiftedValue(type, at(ticks - 1), [0, ...steps])).toEqual(at(ticks))
    expect(shiftedValue(type, at(0), [0, ...sum])).toEqual(at(ticks))
  }
})

test('AP22 a frame without a precision has no steps, and what is no rotation does not turn', () => {
  expect(stepCountOf(cframe())).toBe(0)
  const type = cframe(undefined, { precision: 0.01 })
  expect(stepCountOf(type)).toBe(7)
  const mirror = CFrame.fromComponents([1, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 1])
  const moved = CFrame.fromComponents([1.05, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 1])
  expect(shiftedValue(type, mirror, [0, 5, 0, 0, 100, 100, 0, 0])).toEqual(moved)
})
