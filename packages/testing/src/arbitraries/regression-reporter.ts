import fc, { type RunDetails } from 'fast-check'
import { literal, text } from '../literal/literal.ts'
import { TestingError } from '../testing-error.ts'

/**
 * A fast-check reporter that prints the shrunk counterexample as a test to paste, which calls the function of that
 * name: `fc.assert(fc.property(steps, replay), { reporter: regressionReporter('replay') })`.
 */
export function regressionReporter(functionName: string): <Args>(details: RunDetails<Args>) => void {
  return (details) => {
    if (!details.failed) return
    const { counterexample, seed, errorInstance } = details
    const report = fc.defaultReportMessage(details) ?? 'the property failed'
    throw new TestingError(
      'counterexample',
      [report, ...testOf(functionName, { counterexample, seed })].join('\n'),
      {
        cause: errorInstance,
      },
    )
  }
}

function testOf(
  functionName: string,
  { counterexample, seed }: { readonly counterexample: unknown; readonly seed: number },
): readonly string[] {
  // Too many values were refused before one failed.
  if (!Array.isArray(counterexample)) return []
  const args = counterexample.map((value) => literal(value, 2))
  return [
    '',
    'As a regression test:',
    '',
    `test(${text(`${functionName} holds for what seed ${seed} found`)}, async () => {`,
    `  await ${functionName}(`,
    ...args.map((arg) => `    ${arg},`),
    '  )',
    '})',
    '',
  ]
}
