import { expectKnown } from '../known-options.ts'
import { simplerTrials } from './simpler-trials.ts'
import type { Trial } from './trial.ts'

export interface ShrinkOptions {
  /** How many trials may be played; 300 when left out. */
  readonly maxRuns?: number
}

export const shrinkOptionNames = { maxRuns: true } as const satisfies Record<keyof ShrinkOptions, true>

/** The simplest trial that was found to fail, how it fails, and how many trials that took. */
export interface Shrunk {
  readonly trial: Trial
  readonly error: unknown
  readonly runs: number
}

/**
 * Takes out of a failing trial what it does not need. `play` rejects for a trial that fails; any failure counts, since
 * one fault shows in many ways. Ends after `maxRuns` with the best so far.
 */
export async function shrinkTrial(
  failing: { readonly trial: Trial; readonly error: unknown },
  play: (trial: Trial) => Promise<unknown>,
  options: ShrinkOptions = {},
): Promise<Shrunk> {
  expectKnown(Object.keys(options), { cannot: 'shrink a trial with', known: Object.keys(shrinkOptionNames) })
  const { maxRuns = 300 } = options
  let best = failing
  let runs = 0
  let candidates = simplerTrials(best.trial)
  for (let next = candidates.next(); next.done !== true && runs < maxRuns; next = candidates.next()) {
    const { trial, cursor } = next.value
    runs += 1
    const failure = await failureOf(() => play(trial))
    if (failure === null) continue
    best = { trial, error: failure.error }
    candidates = simplerTrials(trial, cursor)
  }
  return { ...best, runs }
}

async function failureOf(play: () => Promise<unknown>): Promise<{ readonly error: unknown } | null> {
  try {
    await play()
    return null
  } catch (error) {
    return { error }
  }
}
