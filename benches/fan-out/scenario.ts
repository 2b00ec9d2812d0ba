import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario, ScenarioOptions } from '../scenario.ts'
import { type Measured, report } from './report.ts'
import { type RunResult, type RunSetting, runSystem } from './run.ts'
import { type SystemName, systems } from './systems.ts'

const allSystems = Object.keys(systems) as SystemName[]

/** T1: a tree of which a tenth moves at each tick, told to everyone. */
export const fanOut: Scenario = {
  summary: '1,000 entities, 100 of them move per tick at 20 Hz, 50 clients (--clients 200 for more)',
  async run(options) {
    const names = chosenSystems(options.systems)
    const setting = settingOf(options)
    const rounds = options.rounds ?? (options.isQuick ? 1 : 3)
    const results = new Map<SystemName, RunResult[]>(names.map((name) => [name, []]))
    for (let round = 1; round <= rounds; round++) {
      for (const name of names) {
        const result = await runSystem(name, {
          ...setting,
          profilePath: profilePath(options, { name, round }),
        })
        results.get(name)?.push(result)
        console.error(
          `round ${round} of ${rounds} · ${name} · ${result.serverCpuMsPerTick.toFixed(2)} ms/tick`,
        )
        for (const difference of result.differences) console.error(`  ${name}: ${difference}`)
      }
    }
    const measured: Measured = { setting, rounds, results }
    console.log(report(measured))
    return [...results.values()].flat().every(({ differences }) => differences.length === 0)
  },
}

function settingOf({ isQuick, clients, processes }: ScenarioOptions): Omit<RunSetting, 'profilePath'> {
  // Servers live long: what is measured comes after the compiler has done most of its work.
  const length = isQuick ? { warmUpMs: 500, windowMs: 1500 } : { warmUpMs: 30_000, windowMs: 10_000 }
  return { clients: clients ?? (isQuick ? 8 : 50), loadProcesses: processes ?? 1, nodeFlags: [], ...length }
}

function chosenSystems(wanted: readonly string[] | null): readonly SystemName[] {
  if (wanted === null) return allSystems
  const unknown = wanted.find((name) => !allSystems.some((known) => known === name))
  if (unknown === undefined) return allSystems.filter((name) => wanted.includes(name))
  throw new Error(`cannot run "${unknown}": there is no such system. Choose from ${allSystems.join(', ')}.`)
}

function profilePath(
  { profileFolder }: ScenarioOptions,
  { name, round }: { name: string; round: number },
): string | null {
  if (profileFolder === null) return null
  mkdirSync(profileFolder, { recursive: true })
  return join(profileFolder, `fan-out-${name}-${round}.cpuprofile`)
}
