import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Target } from '../harness/verdict.ts'
import { runSteadily, type SteadyQuantity, steadyColumns } from '../world/steady-run.ts'
import { type WorldSystemName, worldSystems } from '../world/systems.ts'
import type { Precision, Workload } from '../world/workload.ts'

type FanOutCase = BenchCase<Workload, WorldSystemName>

const systems = Object.keys(worldSystems) as WorldSystemName[]
/** Where targets name no other peer; each costs its time at every round. */
const fewSystems: readonly WorldSystemName[] = ['ws', 'colyseus', 'banyan']
const precisions = Object.freeze({ single: 'exact singles', centimeter: '1 cm' })

function caseOf(clients: number, precision: Precision): FanOutCase {
  const work = { clients, applying: 50, precision, entities: 1000, movesPerTick: 100, tickHz: 20 }
  const isFull = clients <= 50 && precision === 'single'
  return {
    name: `${clients} clients, ${precisions[precision]}`,
    work,
    systems: isFull ? systems : fewSystems,
  }
}

/** As multiples of two peers, at a size of the crowd. */
function cpuTargets(clients: number, bounds: Readonly<Record<'colyseus' | 'ws', number>>): readonly Target[] {
  const figure = (system: WorldSystemName) => ({
    case: caseOf(clients, 'single').name,
    system,
    quantity: 'cpu',
  })
  return (['colyseus', 'ws'] as const).map((peer) => ({
    says: `server CPU at ${clients} clients ÷ ${peer}`,
    of: figure('banyan'),
    to: figure(peer),
    bound: { most: bounds[peer] },
  }))
}

const single = caseOf(50, 'single').name
const centimeter = caseOf(50, 'centimeter').name

const targets: readonly Target[] = [
  ...cpuTargets(50, { colyseus: 0.6, ws: 1.25 }),
  ...cpuTargets(200, { colyseus: 0.8, ws: 1.15 }),
  {
    says: 'bytes of exact singles ÷ colyseus',
    of: { case: single, system: 'banyan', quantity: 'bytes' },
    to: { case: single, system: 'colyseus', quantity: 'bytes' },
    bound: { most: 0.75 },
  },
  {
    says: 'bytes where the schema declares 1 cm ÷ colyseus',
    of: { case: centimeter, system: 'banyan', quantity: 'bytes' },
    to: { case: centimeter, system: 'colyseus', quantity: 'bytes' },
    bound: { most: 0.4 },
  },
  {
    says: 'p99 from write to applied ÷ colyseus',
    of: { case: single, system: 'banyan', quantity: 'p99' },
    to: { case: single, system: 'colyseus', quantity: 'p99' },
    bound: { most: 0.6 },
  },
]

/** T1: a tree of which a tenth moves at each tick, told to everyone. */
export const fanOutBench: Bench<Workload, WorldSystemName, SteadyQuantity> = {
  name: 'fan-out',
  summary:
    'T1: 1,000 entities, 100 of them move per tick at 20 Hz; 50 clients with exact singles and with 1 cm, 200 clients',
  about:
    '1,000 entities, 100 move per tick at 20 Hz, told to everyone. Of 200 clients 50 apply what they get and are compared; the others read their lines and drop it. `idle` tells nobody: what the harness costs.',
  columns: steadyColumns,
  targets,
  waits: {},
  cases({ isQuick, clients }) {
    if (clients === null && !isQuick) {
      return [caseOf(50, 'single'), caseOf(50, 'centimeter'), caseOf(200, 'single')]
    }
    const crowd = clients ?? 8
    return [caseOf(crowd, 'single'), caseOf(crowd, 'centimeter')]
  },
  dependenciesOf: (system) => worldSystems[system].dependencies,
  run: runSteadily,
}

export const fanOut = scenarioOf(fanOutBench)
