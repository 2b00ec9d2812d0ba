import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Target } from '../harness/verdict.ts'
import { type MemoryQuantity, type MemoryWork, runMemory } from './run.ts'
import { type MemorySystemName, memorySystems } from './systems.ts'

type MemoryCase = BenchCase<MemoryWork, MemorySystemName>

const all = Object.keys(memorySystems) as MemorySystemName[]

function clientsCase(count: number): MemoryCase {
  return {
    name: `each of ${count} idle clients`,
    systems: all,
    work: { kind: 'clients', count },
    runsOnce: true,
  }
}

function entitiesCase(count: number): MemoryCase {
  const systems = all.filter((name) => name !== 'bare socket.io')
  return { name: `${count} entities`, systems, work: { kind: 'entities', count }, runsOnce: true }
}

/** As many come and go as in an hour in which every third of a second somebody does. */
function soakCase({ cycles, fillingCycles }: { cycles: number; fillingCycles: number }): MemoryCase {
  const samples = Math.min(10, cycles - fillingCycles)
  const work: MemoryWork = { kind: 'soak', count: 50, cycles, fillingCycles, samples }
  return { name: `${50 * cycles} joins and leaves`, systems: ['banyan'], work, runsOnce: true }
}

const [clients, entities] = [clientsCase(1000), entitiesCase(10_000)]
/** A place keeps its last 4,096 patches, of which each join is one, and the causes of the last 10,000 calls. */
const soak = soakCase({ cycles: 200, fillingCycles: 100 })

const targets: readonly Target[] = [
  {
    says: 'resident memory per client ÷ bare socket.io',
    of: { case: clients.name, system: 'banyan', quantity: 'resident' },
    to: { case: clients.name, system: 'bare socket.io', quantity: 'resident' },
    bound: { most: 1.5 },
  },
  {
    says: 'heap of 10,000 entities ÷ colyseus',
    of: { case: entities.name, system: 'banyan', quantity: 'heap' },
    to: { case: entities.name, system: 'colyseus', quantity: 'heap' },
    bound: { most: 0.6 },
  },
  {
    says: 'flat over the soak: heap at its end ÷ at its start',
    of: { case: soak.name, system: 'banyan', quantity: 'growth' },
    to: null,
    bound: { most: 1.05 },
  },
]

/** T5: what clients and entities take on the server. */
export const memoryBench: Bench<MemoryWork, MemorySystemName, MemoryQuantity> = {
  name: 'memory',
  summary: 'T5: 1,000 idle clients, 10,000 entities, a soak of 10,000 joins and leaves',
  about:
    'On the server, after collecting garbage. The heap includes buffers. `ws` keeps plain objects. In the soak 50 clients come and go at a time; its heap is that at the end; samples begin when the place has as many patches as it keeps, and growth is the last third of them by the first.',
  columns: [
    { quantity: 'resident', label: 'resident KB', digits: 1 },
    { quantity: 'heap', label: 'heap KB', digits: 1 },
    { quantity: 'growth', label: 'growth', digits: 3 },
  ],
  targets,
  waits: {},
  cases({ isQuick, clients: crowd }) {
    if (!isQuick) return [crowd === null ? clients : clientsCase(crowd), entities, soak]
    return [clientsCase(crowd ?? 100), entitiesCase(2000), soakCase({ cycles: 3, fillingCycles: 0 })]
  },
  dependenciesOf: (system) => memorySystems[system].dependencies,
  run: runMemory,
}

export const memory = scenarioOf(memoryBench)
