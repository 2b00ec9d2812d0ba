import { expectStep } from '../cast/step-check.ts'
import { type StepKeys, treeStepKeys } from '../cast/tree-step-keys.ts'
import { literal } from '../literal/literal.ts'
import { expectName } from '../place/test-place-options.ts'
import { TestingError } from '../testing-error.ts'
import type { TrialStep } from './trial.ts'

const ofPlayer = { needed: ['player'] } as const

const stepKeys = {
  advance: { needed: ['ms'] },
  join: ofPlayer,
  leave: ofPlayer,
  reload: ofPlayer,
  cut: ofPlayer,
  block: ofPlayer,
  partition: ofPlayer,
  heal: ofPlayer,
  hide: ofPlayer,
  show: ofPlayer,
  fireServer: ofPlayer,
  fireServerUnreliably: ofPlayer,
  invokeServer: ofPlayer,
  fireClient: ofPlayer,
  fireClientUnreliably: ofPlayer,
  overwrite: { needed: ['player', 'thing', 'property', 'value'] },
  network: { needed: ['player', 'conditions'] },
  ...treeStepKeys,
} as const satisfies Record<TrialStep['kind'], StepKeys>

/** Throws 'invalidOption' for what is no trial: it comes from where somebody pasted it, and may be mistyped. */
export function expectTrial(trial: unknown): void {
  const { seed, players, steps }: Partial<Record<string, unknown>> = { ...(trial as object | undefined) }
  if (!Number.isSafeInteger(seed) || !Array.isArray(players) || !Array.isArray(steps)) {
    throw new TestingError(
      'invalidOption',
      'cannot play a trial that lacks its seed, players or steps. Pass a whole number as seed, and lists of names and of steps, such as { seed: 1, players: [], steps: [] }.',
    )
  }
  const names = new Set<string>()
  for (const name of players) expectPlayer(name, names)
  for (const [index, step] of steps.entries()) {
    try {
      expectStep(step, stepKeys)
      // Null means everyone, or nobody as an owner; spots and rules name players who need not be there.
      if ('player' in step && (step.player !== null || !takesNull(step.kind)))
        expectPlayer(step.player, names)
    } catch (error) {
      if (!(error instanceof TestingError)) throw error
      throw new TestingError(
        error.code,
        `${error.message}\n  at step ${index + 1} of ${steps.length}: ${literal(step)}`,
      )
    }
  }
}

/** Steps may name who is not in yet: a join is what makes them. */
function expectPlayer(name: string, names: Set<string>): void {
  if (names.has(name)) return
  expectName(name, names)
  names.add(name)
}

function takesNull(kind: string): boolean {
  return kind === 'fireClient' || kind === 'fireClientUnreliably' || kind === 'owner'
}
