import fc from 'fast-check'
import { expectKnown } from '../known-options.ts'
import { counted } from '../literal/counted.ts'
import { TestingError } from '../testing-error.ts'
import { asRegressionTest, type RegressionOptions } from '../trial/describe-trial.ts'
import { runTrial, type TrialOptions } from '../trial/run-trial.ts'
import { type ShrinkOptions, shrinkOptionNames, shrinkTrial } from '../trial/shrink-trial.ts'
import type { Trial } from '../trial/trial.ts'
import type { TrialReport } from '../trial/trial-report.ts'
import { type TrialArbitraryOptions, trialArbitraryOptionNames, trials } from './trials.ts'

/** Which trials to run, and on what. */
export interface ConvergeOptions extends TrialArbitraryOptions, ShrinkOptions {
  /** How many; each has a seed of its own, counted up from `seed`. */
  readonly runs: number
  readonly seed: number
  readonly trial?: Omit<TrialOptions, 'definition'>
  /** When left out, the printed test names the options that were given, such as `{ definition, scripts }`. */
  readonly regression?: RegressionOptions
  /** Hears of each trial that held. */
  readonly onRun?: (report: TrialReport, seed: number) => void
}

const known = {
  ...trialArbitraryOptionNames,
  ...shrinkOptionNames,
  onRun: true,
  regression: true,
  runs: true,
  seed: true,
  trial: true,
} as const satisfies Record<keyof ConvergeOptions, true>

/**
 * Runs that many trials, one after the other. Throws 'invalidOption' for a number that would run none. The first one that fails is shrunk, and rejects with 'trialFailed': what
 * went wrong, the seed to run again, and the shrunk trial as a regression test to paste.
 */
export async function converge(options: ConvergeOptions): Promise<void> {
  expectKnown(Object.keys(options), { cannot: 'converge with', known: Object.keys(known) })
  const { runs, seed, maxRuns, trial: played, regression, onRun, ...ofTrials } = options
  const { definition } = ofTrials
  expectWhole('runs', runs, 1)
  expectWhole('seed', seed, Number.MIN_SAFE_INTEGER)
  const arbitrary = trials(ofTrials)
  const trialOptions = { ...played, ...(definition !== undefined && { definition }) }
  const play = (trial: Trial): Promise<TrialReport> => runTrial(trial, trialOptions)
  for (let run = seed; run < seed + runs; run += 1) {
    const [trial] = fc.sample(arbitrary, { seed: run, numRuns: 1 })
    if (trial === undefined) continue
    let report: TrialReport
    try {
      report = await play(trial)
    } catch (error) {
      if (isWrongUse(error)) throw error
      const shrunk = await shrinkTrial({ trial, error }, play, maxRuns === undefined ? {} : { maxRuns })
      throw failure({ run, shrunk, regression: regression ?? regressionOf(options) })
    }
    onRun?.(report, run)
  }
}

/** Options that there are not fail each trial, whatever is taken out of it. */
function isWrongUse(error: unknown): boolean {
  return error instanceof TestingError && error.code === 'invalidOption'
}

/** Without it a wrong number would run nothing, and pass. */
function expectWhole(what: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= least) return
  throw new TestingError(
    'invalidOption',
    `cannot converge with ${what} ${String(value)}: it is no whole number${least === 1 ? ' above 0' : ''}. Pass one.`,
  )
}

/** What the trial was played on, by the names of the options: a test of nothing else would try another game. */
function regressionOf({ definition, trial = {} }: ConvergeOptions): RegressionOptions {
  const names = [...(definition === undefined ? [] : ['definition']), ...Object.keys(trial)]
  return names.length === 0 ? {} : { options: `{ ${names.join(', ')} }` }
}

function failure({
  run,
  shrunk,
  regression,
}: {
  readonly run: number
  readonly shrunk: Awaited<ReturnType<typeof shrinkTrial>>
  readonly regression: RegressionOptions | undefined
}): TestingError {
  const { trial, error, runs } = shrunk
  const why = error instanceof Error ? error.message : String(error)
  return new TestingError(
    'trialFailed',
    [
      why,
      `  Found by seed ${run}, and shrunk to ${counted(trial.steps.length, 'step')} in ${counted(runs, 'run')}. As a regression test:`,
      '',
      asRegressionTest(trial, error, regression),
    ].join('\n'),
    { cause: error },
  )
}
