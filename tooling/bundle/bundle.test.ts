import { expect, test } from 'vitest'
import { boundBytes, judge, slackBytes, targetBytes } from './bound.ts'
import { originOf } from './origin.ts'

test('a bundle above the bound is refused, one far below it asks for a lower bound', () => {
  expect(judge(boundBytes + 1)).toMatchObject({
    isGood: false,
    verdict: expect.stringContaining('too large'),
  })
  expect(judge(boundBytes).verdict).not.toContain('Lower')
  expect(judge(boundBytes - slackBytes - 1)).toMatchObject({
    isGood: true,
    verdict: expect.stringContaining('Lower'),
  })
  expect(boundBytes).toBeGreaterThanOrEqual(targetBytes)
})

test.each([
  ['../datamodel/src/tree/tree.ts', '@banyan/datamodel', 'datamodel/src/tree/tree.ts'],
  ['../a/node_modules/.pnpm/x@1/node_modules/x/lib/y.js', 'x', 'x/lib/y.js'],
  ['node_modules/@of/x/y.js', '@of/x', '@of/x/y.js'],
  ['../fixtures/bundled-program.ts', 'the program', 'the program'],
  ['\0rolldown/runtime.js', 'the bundler', 'the bundler'],
])('the origin of %s is told', (source, owner, module) => {
  expect(originOf(source)).toEqual({ package: owner, module })
})
