import { CFrame, Color3, Folder, Vector2, Vector3 } from '@banyan/datamodel'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromPortable, toPortable } from './portable.ts'

/** The way between a page and a test: JSON, and nothing else. */
function carry(value: unknown): unknown {
  return fromPortable(JSON.parse(JSON.stringify(toPortable(value))))
}

const number = fc.double()
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const leaf = fc.oneof(
  number,
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.bigInt(),
  fc.date(),
  fc.uint8Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.tuple(finite, finite, finite).map((parts) => new Vector3(...parts)),
  fc.tuple(finite, finite).map((parts) => new Vector2(...parts)),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((pairs) => new Map(pairs)),
    fc.array(tie('value')).map((items) => new Set(items)),
  ),
}))

describe('values on their way between the page and the test', () => {
  test('PW10 arrive as they were', () => {
    fc.assert(
      fc.property(value, (original) => {
        expect(carry(original)).toStrictEqual(plainCopy(original))
      }),
      { numRuns: 150 },
    )
  })

  test('PW10 keep the sign of zero, NaN and the infinities', () => {
    expect(carry([-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])).toEqual([
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ])
  })

  test('PW10 keep the classes of the tree’s own values', () => {
    const cframe = CFrame.fromEuler(1, 2, 3)
    const color = new Color3(0.1, 0.2, 0.3)
    const [sameCFrame, sameColor] = carry([cframe, color]) as [CFrame, Color3]
    expect(sameCFrame.components).toEqual(cframe.components)
    expect(sameColor).toStrictEqual(color)
  })

  test('PW11 an instance is told of by what the sender says and found by the receiver', () => {
    const folder = new Folder({ name: 'Box' })
    const portable = toPortable({ target: folder }, (instance) => instance.name)
    expect(fromPortable(portable)).toEqual({ target: 'Box' })
    expect(fromPortable(portable, (word) => (word === 'Box' ? folder : null))).toEqual({ target: folder })
  })

  test('PW10 what cannot travel is named', () => {
    expect(() => toPortable(() => 1)).toThrow('cannot carry a function')
    expect(() => toPortable(new WeakMap())).toThrow('unknown class')
    expect(() => fromPortable(['Wormhole'])).toThrow('"Wormhole"')
  })
})

/** fast-check's dictionaries may have no prototype, which carries no meaning. */
function plainCopy(original: unknown): unknown {
  if (Array.isArray(original)) return original.map(plainCopy)
  if (original instanceof Map) {
    return new Map([...original].map(([key, of]) => [plainCopy(key), plainCopy(of)]))
  }
  if (original instanceof Set) return new Set([...original].map(plainCopy))
  if (typeof original !== 'object' || original === null) return original
  if (Object.getPrototypeOf(original) !== null && Object.getPrototypeOf(original) !== Object.prototype) {
    return original
  }
  return Object.fromEntries(Object.entries(original).map(([key, of]) => [key, plainCopy(of)]))
}
