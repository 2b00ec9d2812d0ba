import { expect, it } from 'vitest'
import { CFrame } from './cframe.ts'
import { Color3 } from './color3.ts'
import { isSameValue, isValueType } from './value-type.ts'
import { Vector2 } from './vector2.ts'
import { Vector3 } from './vector3.ts'

const makers = [
  () => new Vector2(1, 0),
  () => new Vector3(1, 0, 0),
  () => CFrame.fromEuler(0, 1, 0),
  () => new Color3(1, 0, 0),
]

it('VT4 values are the same by class and content, all else by identity', () => {
  for (const [index, make] of makers.entries()) {
    expect(isValueType(make())).toBe(true)
    expect(isSameValue(make(), make())).toBe(true)
    for (const other of makers.slice(index + 1)) {
      expect(isSameValue(make(), other())).toBe(false)
      expect(isSameValue(other(), make())).toBe(false)
    }
    expect(isSameValue(make(), Object.assign({}, make()))).toBe(false)
    expect(isSameValue(null, make())).toBe(false)
  }
  expect(isSameValue(Number.NaN, Number.NaN)).toBe(true)
  expect(isSameValue({}, {})).toBe(false)
  expect(isValueType({ x: 1, y: 0 })).toBe(false)
  expect(isValueType(null)).toBe(false)
})
