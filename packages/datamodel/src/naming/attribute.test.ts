import { describe, expect, it } from 'vitest'
import { CFrame } from '../values/cframe.ts'
import { Color3 } from '../values/color3.ts'
import { Vector2 } from '../values/vector2.ts'
import { Vector3 } from '../values/vector3.ts'
import { attributeNameProblem, attributeValueProblem, ownAttributeValue } from './attribute.ts'

describe('attributes', () => {
  it.each(['a', '0', 'player.max-health/base_1', 'rbx', 'aRBX', 'x'.repeat(100), 'constructor'])(
    'AT1 take the name %j',
    (name) => {
      expect(attributeNameProblem(name)).toBeNull()
    },
  )

  it.each(['', 'a b', 'ä', 'a:b', 'x'.repeat(101), 'RBX', 'RBXteam', '__proto__', 'a\n', 1, null])(
    'AT1 refuse the name %j',
    (name) => {
      expect(attributeNameProblem(name)).toMatch(/^expected /)
    },
  )

  it('AT2 take strings, booleans, finite numbers and value types', () => {
    const values = [
      '',
      'x'.repeat(200_000),
      true,
      1.5,
      Vector2.one,
      Vector3.one,
      CFrame.identity,
      Color3.white,
    ]
    for (const value of values) expect(attributeValueProblem(value)).toBeNull()
  })

  it.each<[unknown, string]>([
    [Number.NaN, 'expected a finite number, got NaN'],
    ['x'.repeat(200_001), 'expected at most 200000 characters, got 200001'],
    [null, 'expected a string, boolean, number, vector, CFrame or color, got null'],
    [{}, 'expected a string, boolean, number, vector, CFrame or color, got an object'],
    [[], 'expected a string, boolean, number, vector, CFrame or color, got an array'],
    [1n, 'expected a string, boolean, number, vector, CFrame or color, got 1n'],
  ])('AT2 refuse %o', (value, problem) => {
    expect(attributeValueProblem(value)).toBe(problem)
  })

  it('AT3 store well-formed text and no negative zero', () => {
    expect(ownAttributeValue('a\udc00')).toBe('a\ufffd')
    expect(Object.is(ownAttributeValue(-0), 0)).toBe(true)
    expect(ownAttributeValue(Vector3.one)).toBe(Vector3.one)
    expect(ownAttributeValue(false)).toBe(false)
  })
})
