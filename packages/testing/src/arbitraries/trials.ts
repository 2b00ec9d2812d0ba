import { defineGame, type GameDefinition } from '@banyan/protocol'
import fc, { Arbitrary, type Random, Stream, Value } from 'fast-check'
import { expectKnown } from '../known-options.ts'
import { TestingError } from '../testing-error.ts'
import { type Cursor, simplerTrials } from '../trial/simpler-trials.ts'
import type { Trial } from '../trial/trial.ts'
import { plainRecord } from './plain-values.ts'
import { type TreeArbitraryOptions, treeOptionNames } from './things.ts'
import { trialSteps } from './trial-steps.ts'

/** What trials are made of. */
export interface TrialArbitraryOptions extends TreeArbitraryOptions {
  /** The game, which `runTrial` is to be given too; only the built-in classes when left out. */
  readonly definition?: GameDefinition
  /** At most; 160 when left out. */
  readonly maxSteps?: number
}

export const trialArbitraryOptionNames = {
  ...treeOptionNames,
  definition: true,
  maxSteps: true,
} as const satisfies Record<keyof TrialArbitraryOptions, true>

/** Throws 'invalidOption' for steps that cannot be. Trials of up to three players, or those named; a failing one shrinks to few steps in some hundred runs. */
export function trials(options: TrialArbitraryOptions = {}): Arbitrary<Trial> {
  expectKnown(Object.keys(options), {
    cannot: 'make trials with',
    known: Object.keys(trialArbitraryOptionNames),
  })
  const { definition = defineGame({}), players = ['ana', 'bo', 'cy'], maxSteps = 160, ...tree } = options
  if (!Number.isSafeInteger(maxSteps) || maxSteps < 1) {
    throw new TestingError(
      'invalidOption',
      `cannot make trials of at most ${maxSteps} steps: it is no whole number above 0. Pass one.`,
    )
  }
  const steps = trialSteps(definition, { ...tree, players })
  const whole = plainRecord({
    seed: fc.nat(1_000_000),
    players: fc.subarray([...players], { minLength: Math.min(players.length, 1) }),
    // A short trial seldom gets anywhere; shrinking goes below.
    steps: fc
      .array(steps, { minLength: Math.min(40, maxSteps), maxLength: maxSteps, size: 'max' })
      .map((taken) => taken.flat().slice(0, maxSteps)),
  })
  return new TrialArbitrary(whole)
}

/** Shrinks as `shrinkTrial` does: steps depend on each other, and fast-check's arrays do not know how. */
class TrialArbitrary extends Arbitrary<Trial> {
  readonly #whole: Arbitrary<Trial>

  constructor(whole: Arbitrary<Trial>) {
    super()
    this.#whole = whole
  }

  override generate(random: Random, biasFactor: number | undefined): Value<Trial> {
    return new Value(this.#whole.generate(random, biasFactor).value, undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is Trial {
    return typeof value === 'object' && value !== null && 'steps' in value && Array.isArray(value.steps)
  }

  override shrink(trial: Trial, cursor: unknown): Stream<Value<Trial>> {
    const simpler = simplerTrials(trial, cursor as Cursor | undefined)
    return new Stream(simpler).map((found) => new Value(found.trial, found.cursor))
  }
}
