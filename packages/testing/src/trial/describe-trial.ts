import { expectKnown } from '../known-options.ts'
import { counted } from '../literal/counted.ts'
import { literal, text } from '../literal/literal.ts'
import type { Trial } from './trial.ts'

/** A trial as lines to read: who plays, and one numbered step per line. */
export function describeTrial({ seed, players, steps }: Trial): string {
  const who = players.length === 0 ? 'nobody' : players.join(', ')
  const lines = steps.map((step, index) => `  ${String(index + 1).padStart(2)}. ${literal(step)}`)
  return [`seed ${seed}, players ${who}, ${counted(steps.length, 'step')}`, ...lines].join('\n')
}

/** How the printed test plays the trial. */
export interface RegressionOptions {
  /** The second argument of `runTrial` as code, such as `{ definition }`; the test has to import what it names. */
  readonly options?: string
}

const known = { options: true } as const satisfies Record<keyof RegressionOptions, true>

/** A Vitest test to paste, which plays the trial and passes once the fault is gone; titled by what went wrong. */
export function asRegressionTest(trial: Trial, error: unknown, given: RegressionOptions = {}): string {
  expectKnown(Object.keys(given), { cannot: 'print a regression test with', known: Object.keys(known) })
  const { options } = given
  const { seed, players, steps } = trial
  const parts = [
    `    seed: ${seed},`,
    `    players: ${literal(players)},`,
    `    steps: ${literal(steps, 2)},`,
  ]
  return [
    `import { runTrial } from '@banyan/testing'`,
    `import { test } from 'vitest'`,
    '',
    `test(${text(`a trial holds: ${titleOf(error)}`)}, async () => {`,
    '  await runTrial({',
    ...parts,
    options === undefined ? '  })' : `  }, ${options})`,
    '})',
    '',
  ].join('\n')
}

/** The first line, short enough for a title and without what changes from run to run. */
function titleOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const plain = line.replace(/^the trial of seed -?\d+ failed: /, '')
  return plain.length > 90 ? `${plain.slice(0, 89)}…` : plain
}
