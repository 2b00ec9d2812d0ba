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
  if (step.kind === 'advance' && step.ms > 1) {
    return [...new Set([1, Math.floor(step.ms / 2)])].map((ms) => ({ kind: 'advance', ms }))
  }
  if (step.kind === 'network') {
    return fewerEntries(step.conditions).map((conditions) => ({ ...step, conditions }))
  }
  if (step.kind !== 'create') return []
  const { kind, thing, className, parent, ...details } = step
  const bare = { kind, thing, className, parent }
  return fewerEntries(details).map((fewer) => ({ ...bare, ...fewer }))
}

/** What consists of parts that each may be left out; a value is taken or left whole, for it must stay one of its type. */
const parted: ReadonlySet<string> = new Set(['properties', 'attributes', 'up', 'down'])

/** The object without all of its entries, without each, and with less in those that consist of parts. */
function fewerEntries<Whole extends object>(whole: Whole): readonly Partial<Whole>[] {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(whole)
  if (entries.length === 0) return []
  const without = entries.map(([key]) => entries.filter(([other]) => other !== key))
  const within = entries.flatMap(([key, value], index) => {
    if (!parted.has(key) || typeof value !== 'object' || value === null) return []
    // Without all of its parts is as good as without the entry.
    if (Object.keys(value).length < 2) return []
    return fewerEntries(value)
      .slice(1)
      .map((less) => entries.with(index, [key, less]))
  })
  const fewer = [...(entries.length > 1 ? [[]] : []), ...without, ...within]
  return fewer.map((kept) => Object.fromEntries(kept) as Partial<Whole>)
}
