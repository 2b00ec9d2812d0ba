import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario, ScenarioOptions } from '../scenario.ts'
import type { Bench, BenchCase } from './bench.ts'
import { report, targetRows } from './report.ts'
import { runRounds } from './rounds.ts'
import { describeSurroundings } from './surroundings.ts'

/** A bench as the command line runs it. */
export function scenarioOf<Work, System extends string, Quantity extends string>(
  bench: Bench<Work, System, Quantity>,
): Scenario {
  return {
    summary: bench.summary,
    async run(options) {
      const { isQuick, processes, clients } = options
      const cases = chosenCases(bench.cases({ isQuick, clients }), options)
      const rounds = options.rounds ?? (isQuick ? 1 : 2)
      const systems = new Set(cases.flatMap((each) => each.systems))
      const surroundings = describeSurroundings([
        ...new Set([...systems].flatMap((system) => bench.dependenciesOf(system))),
      ])
      const results = await runRounds(bench, cases, {
        rounds,
        settingOf: (at) => ({
          isQuick,
          warmUpMs: options.warmUpMs ?? (isQuick ? 500 : 7000),
          windowMs: options.windowMs ?? (isQuick ? 1500 : 5000),
          processes,
          nodeFlags: [],
          profilePath: profilePath(options, [bench.name, at.caseName, at.system, String(at.round)]),
        }),
        progress: (line) => console.error(line),
      })
      const text = report({ bench, surroundings, rounds, isQuick, results })
      return {
        text,
        targets: targetRows({ bench, results, isQuick }),
        agrees: results
          .flatMap(({ bySystem }) => [...bySystem.values()].flat())
          .every(({ differences }) => differences.length === 0),
      }
    },
  }
}

/** Cases whose name contains what was asked for, with the systems that were asked for. */
function chosenCases<Work, System extends string>(
  cases: readonly BenchCase<Work, System>[],
  { systems, cases: wanted }: ScenarioOptions,
): readonly BenchCase<Work, System>[] {
  const known = new Set<string>(cases.flatMap((each) => each.systems))
  const unknown = systems?.find((name) => !known.has(name))
  if (unknown !== undefined) {
    throw new Error(`cannot run "${unknown}": there is no such system. Choose from ${[...known].join(', ')}.`)
  }
  const chosen = cases
    .filter(({ name }) => wanted?.some((part) => name.includes(part)) ?? true)
    .map((each) => ({ ...each, systems: each.systems.filter((name) => systems?.includes(name) ?? true) }))
  if (chosen.length > 0) return chosen
  const names = cases.map(({ name }) => name).join('; ')
  throw new Error(`cannot run "${wanted?.join(', ')}": there is no such case. Cases: ${names}.`)
}

function profilePath({ profileFolder }: ScenarioOptions, parts: readonly string[]): string | null {
  if (profileFolder === null) return null
  mkdirSync(profileFolder, { recursive: true })
  return join(profileFolder, `${parts.join('-').replaceAll(/[^\w.-]+/g, '-')}.cpuprofile`)
}
