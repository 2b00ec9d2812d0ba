import type { Trial, TrialStep } from './trial.ts'

/** Where the search for simpler trials stands: how many steps it takes out at a time, and from where. */
export interface Cursor {
  readonly chunk: number
  readonly from: number
}

/** A simpler trial, and where to go on should it still fail. */
export interface Simpler {
  readonly trial: Trial
  readonly cursor: Cursor
}

/**
 * Trials with less in them, the boldest first: without a run of steps (halves, quarters, …, single ones), then without
 * players, then with simpler steps. Where one fails too, the search goes on from its cursor, so that what was tried in
 * vain is not tried again before everything else.
 */
export function* simplerTrials(trial: Trial, cursor?: Cursor): Generator<Simpler> {
  const { steps } = trial
  const first = cursor ?? { chunk: Math.max(Math.ceil(steps.length / 2), 1), from: 0 }
  for (let { chunk, from } = first; steps.length > 0; chunk = Math.ceil(chunk / 2), from = 0) {
    for (; from < steps.length; from += chunk) {
      yield { trial: { ...trial, steps: steps.toSpliced(from, chunk) }, cursor: { chunk, from } }
    }
    if (chunk === 1) break
  }
  const again: Cursor = { chunk: 1, from: 0 }
  // Single steps may have become superfluous by what was taken out behind them.
  for (let from = 0; cursor !== undefined && from < Math.min(cursor.from, steps.length); from += 1) {
    yield { trial: { ...trial, steps: steps.toSpliced(from, 1) }, cursor: { chunk: 1, from } }
  }
  for (const name of trial.players) {
    yield { trial: withoutPlayer(trial, name), cursor: again }
  }
  for (const [index, step] of steps.entries()) {
    for (const simpler of simplerSteps(step)) {
      yield {
        trial: { ...trial, steps: steps.with(index, simpler) },
        cursor: { chunk: 1, from: steps.length },
      }
    }
  }
}

function withoutPlayer(trial: Trial, name: string): Trial {
  const steps = trial.steps.filter((step) => !('player' in step) || step.player !== name)
  return { ...trial, players: trial.players.filter((other) => other !== name), steps }
}

function simplerSteps(step: TrialStep): readonly TrialStep[] {
  if (step.kind === 'create') return simplerCreations(step)
  if (step.kind === 'advance' && step.ms > 1) {
    return [...new Set([1, Math.floor(step.ms / 2)])].map((ms) => ({ kind: 'advance', ms }))
  }
  if (step.kind !== 'network') return []
  return Object.keys(step.conditions).map((key) => {
    const others = Object.entries(step.conditions).filter(([other]) => other !== key)
    return { ...step, conditions: Object.fromEntries(others) }
  })
}

function simplerCreations(step: Extract<TrialStep, { kind: 'create' }>): readonly TrialStep[] {
  const { name, properties, attributes, tags, ...bare } = step
  const parts = { name, properties, attributes, tags }
  const present = Object.entries(parts).filter(([, value]) => value !== undefined)
  if (present.length === 0) return []
  const fewer = present.map(([key]) => Object.fromEntries(present.filter(([other]) => other !== key)))
  const properly = Object.keys(properties ?? {}).map((key) => {
    const { [key]: _, ...others } = properties ?? {}
    return { ...Object.fromEntries(present), properties: others }
  })
  return [{}, ...fewer, ...(present.length > 1 || properly.length > 1 ? properly : [])].map((rest) => ({
    ...bare,
    ...rest,
  }))
}
