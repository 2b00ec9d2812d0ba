import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readLiteral } from '../../fixtures/read-literal.ts'
import { literal } from './literal.ts'

describe('a literal', () => {
  it('AB10 reads as code of the house', () => {
    expect(literal({ kind: 'move', thing: "it's", to: null, 'a-b': [1, -0, Number.NaN] })).toBe(
      `{ kind: 'move', thing: 'it\\'s', to: null, 'a-b': [1, -0, NaN] }`,
    )
    expect(literal('x'.repeat(70_000))).toBe(`'x'.repeat(70000)`)
  })

  it('AB10 breaks what is too long for a line, each part on its own', () => {
    const steps = Array.from({ length: 4 }, (_, index) => ({ kind: 'destroy', thing: `Something${index}` }))
    expect(literal({ steps }, 1)).toBe(
      [
        '{',
        '    steps: [',
        ...steps.map(({ thing }) => `      { kind: 'destroy', thing: '${thing}' },`),
        '    ],',
        '  }',
      ].join('\n'),
    )
  })

  test('AB10 makes the data that it was made of', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withNullPrototype: false, withObjectString: true, key: fc.string() }),
        (value) => isDeepStrictEqual(readLiteral(literal(value)), value),
      ),
    )
    const hostile: unknown = JSON.parse('{"__proto__": 1}')
    expect(Object.keys(readLiteral(literal(hostile)) as object)).toEqual(['__proto__'])
  })
})
