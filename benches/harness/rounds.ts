import type { Bench, BenchCase, Outcome, RunSetting } from './bench.ts'

/** Everything that the rounds of one case gave, by system in the order of a round. */
export interface CaseResults<Quantity extends string> {
  readonly name: string
  readonly bySystem: ReadonlyMap<string, readonly Outcome<Quantity>[]>
}

export interface RoundsOptions<System extends string> {
  readonly rounds: number
  settingOf(at: { readonly caseName: string; readonly system: System; readonly round: number }): RunSetting
  /** Hears of each run, for who waits. */
  progress(line: string): void
}

/** Lets the systems of each case take turns, so that a machine that becomes busy is busy for all of them. */
export async function runRounds<Work, System extends string, Quantity extends string>(
  bench: Bench<Work, System, Quantity>,
  cases: readonly BenchCase<Work, System>[],
  { rounds, settingOf, progress }: RoundsOptions<System>,
): Promise<readonly CaseResults<Quantity>[]> {
  const results = cases.map(({ name, systems }) => ({
    name,
    bySystem: new Map<string, Outcome<Quantity>[]>(systems.map((system) => [system, []])),
  }))
  for (let round = 1; round <= rounds; round++) {
    for (const [at, { name, work, systems, runsOnce }] of cases.entries()) {
      if (runsOnce === true && round > 1) continue
      for (const system of systems) {
        const outcome = await bench.run(system, work, settingOf({ caseName: name, system, round }))
        results[at]?.bySystem.get(system)?.push(outcome)
        progress(`round ${round} of ${rounds} · ${name} · ${system} · ${figuresText(bench, outcome)}`)
        for (const difference of outcome.differences) progress(`  ${system}: ${difference}`)
      }
    }
  }
  return results
}

function figuresText<Quantity extends string>(
  { columns }: Pick<Bench<unknown, string, Quantity>, 'columns'>,
  { figures }: Outcome<Quantity>,
): string {
  return columns
    .filter(({ quantity }) => Number.isFinite(figures[quantity]))
    .map(({ quantity, label, digits }) => `${label} ${figures[quantity].toFixed(digits)}`)
    .join(', ')
}
