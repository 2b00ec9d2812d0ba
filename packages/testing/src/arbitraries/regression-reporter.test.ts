import fc from 'fast-check'
import { expect, test } from 'vitest'
import { regressionReporter } from './regression-reporter.ts'

test('AB19 a failing property prints its counterexample as a test to paste', () => {
  const isShort = (words: readonly string[]): boolean => words.length < 2
  expect(() =>
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b')), isShort), {
      seed: 3,
      reporter: regressionReporter('isShort'),
    }),
  ).toThrow(
    expect.objectContaining({
      code: 'counterexample',
      message: expect.stringContaining(
        [
          `test('isShort holds for what seed 3 found', async () => {`,
          '  await isShort(',
          `    ['a', 'a'],`,
          '  )',
          '})',
        ].join('\n'),
      ),
    }),
  )
})

test('AB19 a property that holds reports nothing', () => {
  fc.assert(
    fc.property(fc.nat(), (n) => n >= 0),
    { reporter: regressionReporter('holds') },
  )
})
