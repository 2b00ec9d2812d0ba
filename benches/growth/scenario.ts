import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Figure, Target } from '../harness/verdict.ts'
import { runSteadily, type SteadyQuantity, steadyColumns } from '../world/steady-run.ts'
import { type WorldSystemName, worldSystems } from '../world/systems.ts'
import type { Workload } from '../world/workload.ts'

type GrowthCase = BenchCase<Workload, WorldSystemName>

const systems: readonly WorldSystemName[] = ['ws', 'colyseus', 'banyan']

function caseOf({
  entities,
  moves,
  clients = 20,
}: {
  entities: number
  moves: number
  clients?: number
}): GrowthCase {
  const work: Workload = {
    clients,
    applying: moves >= 1000 ? 4 : clients,
    precision: 'single',
    entities,
    movesPerTick: moves,
    tickHz: 20,
  }
  // The floor is told of where there is much to tell; where nothing changes, Banyan is compared with itself.
  const apart = moves === 0 ? ['banyan' as const] : ['colyseus' as const, 'banyan' as const]
  return { name: `${moves} of ${entities} change`, work, systems: moves >= 1000 ? systems : apart }
}

const sizes = [10, 100, 1000, 5000].map((moves) => ({ entities: 10_000, moves }))
const still = [100, 100_000].map((entities) => ({ entities, moves: 0 }))

const cpu = (size: { entities: number; moves: number }, system: WorldSystemName = 'banyan'): Figure => ({
  case: caseOf(size).name,
  system,
  quantity: 'cpu',
})

/** Differences below a fifth are the machine's, so what should be equal may differ by that. */
const equal = 1.2

const targets: readonly Target[] = [
  ...sizes
    .filter(({ moves }) => moves >= 1000)
    .map((size) => ({
      says: `server CPU at ${size.moves} changes ÷ colyseus`,
      of: cpu(size),
      to: cpu(size, 'colyseus'),
      bound: { most: 0.5 },
    })),
  {
    says: 'linear: server CPU at 5000 changes ÷ at 1000',
    of: cpu({ entities: 10_000, moves: 5000 }),
    to: cpu({ entities: 10_000, moves: 1000 }),
    bound: { most: 5 * equal },
  },
  {
    says: 'no changes: server CPU with 100,000 entities ÷ with 100',
    of: cpu({ entities: 100_000, moves: 0 }),
    to: cpu({ entities: 100, moves: 0 }),
    bound: { most: equal },
  },
]

/** T4: what a tick costs as more changes, and as more is there that does not. */
export const growthBench: Bench<Workload, WorldSystemName, SteadyQuantity> = {
  name: 'growth',
  summary: 'T4: 10,000 entities, 20 clients, 10 to 5,000 changes per tick; none among 100 and among 100,000',
  about:
    '20 clients at 20 Hz. At 1,000 changes and above 4 of them apply what they get and are compared; the others read their lines and drop it. Where nothing changes there is no patch, and so no latency.',
  columns: steadyColumns,
  targets,
  waits: {},
  cases({ isQuick, clients }) {
    const crowd = clients === null ? {} : { clients }
    if (!isQuick) return [...sizes, ...still].map((size) => caseOf({ ...size, ...crowd }))
    return [
      { entities: 2000, moves: 1000 },
      { entities: 2000, moves: 0 },
    ].map((size) => caseOf({ clients: 2, ...size, ...crowd }))
  },
  dependenciesOf: (system) => worldSystems[system].dependencies,
  run: runSteadily,
}

export const growth = scenarioOf(growthBench)
