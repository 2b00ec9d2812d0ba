import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Figure, Target } from '../harness/verdict.ts'
import { type WorldSystemName, worldSystems } from '../world/systems.ts'
import { type JoinQuantity, type JoinWork, runJoins } from './run.ts'

type JoinCase = BenchCase<JoinWork, WorldSystemName>

const systems = (Object.keys(worldSystems) as WorldSystemName[]).filter((name) => name !== 'idle')

/** Text takes long where there is much of it, and no target asks for it. */
const fewSystems: readonly WorldSystemName[] = ['ws', 'colyseus', 'banyan']

function caseOf({ entities, clients = 1 }: { entities: number; clients?: number }): JoinCase {
  const work: JoinWork = { clients, entities, precision: 'single', movesPerTick: 100, tickHz: 20 }
  return {
    name: clients === 1 ? `${entities} entities` : `${clients} at once, ${entities} entities`,
    work,
    systems: clients === 1 && entities <= 10_000 ? systems : fewSystems,
  }
}

const sizes = [
  { entities: 1000 },
  { entities: 10_000 },
  { entities: 50_000 },
  { entities: 10_000, clients: 20 },
]

const figure = (
  size: { entities: number; clients?: number },
  { system, quantity }: { system: WorldSystemName; quantity: JoinQuantity },
): Figure => ({ case: caseOf(size).name, system, quantity })

const targets: readonly Target[] = [
  {
    says: 'time to the whole state of 50000 ÷ colyseus',
    of: figure({ entities: 50_000 }, { system: 'banyan', quantity: 'joined' }),
    to: figure({ entities: 50_000 }, { system: 'colyseus', quantity: 'joined' }),
    bound: { most: 0.35 },
  },
  ...sizes.map((size) => ({
    says: `bytes of a join, ${caseOf(size).name} ÷ colyseus`,
    of: figure(size, { system: 'banyan', quantity: 'bytes' }),
    to: figure(size, { system: 'colyseus', quantity: 'bytes' }),
    bound: { most: 0.6 },
  })),
  ...sizes.map((size) => ({
    says: `longest block of the server in ms, ${caseOf(size).name}`,
    of: figure(size, { system: 'banyan', quantity: 'block' }),
    to: null,
    bound: { most: 8 },
  })),
]

/** T2: what it takes to join a world that is there already. */
export const joinBench: Bench<JoinWork, WorldSystemName, JoinQuantity> = {
  name: 'join',
  summary: 'T2: joining 1,000, 10,000 and 50,000 entities, and 20 clients at once',
  about:
    '100 entities move before each join, so that what was sent before does not do by itself. The time ends when the last client has the whole world; bytes and CPU are per client; the block is the longest stretch during which the server, which goes before the clients where the system lets it, answered nothing; the first join of a process meets cold code and a collector that has yet to move the world, and counts apart.',
  columns: [
    { quantity: 'joined', label: 'time ms', digits: 1 },
    { quantity: 'bytes', label: 'bytes/client', digits: 0 },
    { quantity: 'cpu', label: 'server CPU ms/client', digits: 1 },
    { quantity: 'block', label: 'longest block ms', digits: 1 },
    { quantity: 'firstBlock', label: 'block of the first join ms', digits: 1 },
  ],
  targets,
  waits: {},
  cases({ isQuick, clients }) {
    if (isQuick) return [{ entities: 1000 }, { entities: 1000, clients: clients ?? 5 }].map(caseOf)
    return sizes.map((size) => caseOf('clients' in size && clients !== null ? { ...size, clients } : size))
  },
  dependenciesOf: (system) => worldSystems[system].dependencies,
  run: runJoins,
}

export const join = scenarioOf(joinBench)
