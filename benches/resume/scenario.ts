import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Target } from '../harness/verdict.ts'
import { type WorldSystemName, worldSystems } from '../world/systems.ts'
import type { Workload } from '../world/workload.ts'
import type { ResumeQuantity } from './return.ts'
import { runOutages } from './run.ts'

const systems = (Object.keys(worldSystems) as WorldSystemName[]).filter((name) => name !== 'idle')

function caseOf(entities: number): BenchCase<Workload, WorldSystemName> {
  const work: Workload = { clients: 1, entities, precision: 'single', movesPerTick: 100, tickHz: 20 }
  // A run has outages enough for a median.
  return { name: `${entities} entities`, work, systems, runsOnce: true }
}

const { name } = caseOf(10_000)

const targets: readonly Target[] = [
  {
    says: 'bytes of the return ÷ bytes of the missed patches',
    of: { case: name, system: 'banyan', quantity: 'excess' },
    to: null,
    bound: { most: 1.2 },
  },
  {
    says: 'time until all is applied ÷ colyseus',
    of: { case: name, system: 'banyan', quantity: 'applied' },
    to: { case: name, system: 'colyseus', quantity: 'applied' },
    bound: { most: 0.25 },
  },
]

/** T6: a line that is gone for half a second. */
export const resumeBench: Bench<Workload, WorldSystemName, ResumeQuantity> = {
  name: 'resume',
  summary: 'T6: an outage of 500 ms among 10,000 entities, 100 of which move per tick',
  about:
    'The line is cut without a word and refuses everyone for 500 ms. The time runs from the moment that the client is at the door again until it has applied what was written before; when it tries again is its own affair. `ws` and `socket.io` send the whole world again, as does colyseus to who shows its reconnection token.',
  columns: [
    { quantity: 'applied', label: 'applied ms', digits: 1 },
    { quantity: 'bytes', label: 'bytes', digits: 0 },
    { quantity: 'excess', label: 'bytes ÷ missed', digits: 2 },
  ],
  targets,
  waits: {},
  cases: ({ isQuick }) => [caseOf(isQuick ? 1000 : 10_000)],
  dependenciesOf: (system) => worldSystems[system].dependencies,
  run: runOutages,
}

export const resume = scenarioOf(resumeBench)
