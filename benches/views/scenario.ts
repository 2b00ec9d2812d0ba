import type { Bench, BenchCase } from '../harness/bench.ts'
import { scenarioOf } from '../harness/scenario-of.ts'
import type { Target } from '../harness/verdict.ts'
import type { GridWork } from './grid.ts'
import { runViews, type ViewsQuantity } from './run.ts'
import { type ViewsSystemName, viewsSystems } from './systems.ts'

function caseOf(viewers: number): BenchCase<GridWork, ViewsSystemName> {
  return {
    name: `${viewers} viewers`,
    systems: ['ws', 'socket.io', 'colyseus', 'banyan'],
    work: {
      viewers,
      entities: 3000,
      cells: 100,
      cellsInView: 10,
      movesPerTick: 300,
      // Each viewer takes a step a second.
      stepsPerTick: Math.ceil(viewers / 20),
      tickHz: 20,
    },
  }
}

const { name } = caseOf(300)

const targets: readonly Target[] = [
  {
    says: 'server CPU ÷ colyseus with a StateView',
    of: { case: name, system: 'banyan', quantity: 'cpu' },
    to: { case: name, system: 'colyseus', quantity: 'cpu' },
    bound: { most: 0.35 },
  },
]

/** T7: clients that each see another part. */
export const viewsBench: Bench<GridWork, ViewsSystemName, ViewsQuantity> = {
  name: 'views',
  summary: 'T7: 300 clients that each see a moving tenth of 3,000 entities, 300 of which move per tick',
  about:
    '3,000 entities in 100 cells; a client sees ten neighboring cells and goes on by one each second. At the end each client has what it may see, and nothing else.',
  columns: [
    { quantity: 'cpu', label: 'server CPU ms/tick', digits: 2 },
    { quantity: 'bytes', label: 'bytes/client/tick', digits: 0 },
  ],
  targets,
  waits: {},
  cases: ({ isQuick, clients }) => [caseOf(clients ?? (isQuick ? 20 : 300))],
  dependenciesOf: (system) => viewsSystems[system].dependencies,
  run: runViews,
}

export const views = scenarioOf(viewsBench)
