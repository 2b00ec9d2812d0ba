import { describe, expect, test } from 'vitest'
import { fanOutBench } from './fan-out/scenario.ts'
import { growthBench } from './growth/scenario.ts'
import type { Bench } from './harness/bench.ts'
import { smoke, smokePatience } from './harness/smoke.ts'
import { joinBench } from './join/scenario.ts'
import { memoryBench } from './memory/scenario.ts'
import { remotesBench } from './remotes/scenario.ts'
import { resumeBench } from './resume/scenario.ts'
import { viewsBench } from './views/scenario.ts'

const world = { clients: 2, entities: 200, movesPerTick: 20, tickHz: 20, precision: 'single' } as const
const grid = {
  viewers: 4,
  entities: 100,
  cells: 10,
  cellsInView: 3,
  movesPerTick: 20,
  stepsPerTick: 1,
  tickHz: 20,
}

describe('each scenario ends in agreement', smokePatience, () => {
  test('join', async () => {
    const { figures, differences } = await joinBench.run('banyan', world, smoke)
    expect(differences).toEqual([])
    expect(figures.joined).toBeGreaterThan(0)
  })

  test('resume', async () => {
    const { figures, differences } = await resumeBench.run('banyan', { ...world, clients: 1 }, smoke)
    expect(differences).toEqual([])
    expect(figures.excess).toBeGreaterThan(0)
  })

  test.for(['echo', 'flood', 'broadcast'] as const)('remotes: %s', async (kind) => {
    const clients = kind === 'echo' ? 1 : 3
    const { differences } = await remotesBench.run('banyan', { kind, clients, count: 20 }, smoke)
    expect(differences).toEqual([])
  })

  test.for(['ws', 'banyan'] as const)(
    'views by %s: viewers have what they may see, and nothing else',
    async (system) => {
      const { differences } = await viewsBench.run(system, grid, smoke)
      expect(differences).toEqual([])
    },
  )

  test('memory', async () => {
    const { figures } = await memoryBench.run('banyan', { kind: 'clients', count: 10 }, smoke)
    expect(figures.heap).toBeGreaterThan(0)
  })
})

describe('targets', () => {
  const benches: readonly Promising[] = [
    fanOutBench,
    joinBench,
    remotesBench,
    growthBench,
    memoryBench,
    resumeBench,
    viewsBench,
  ]

  interface Promising extends Pick<Bench<never, never, never>, 'name' | 'targets' | 'waits'> {
    readonly columns: readonly { readonly quantity: string }[]
    cases(how: { isQuick: boolean; clients: null }): readonly {
      readonly name: string
      readonly systems: readonly string[]
    }[]
  }

  /** Names that match nothing would read as "not measured" for ever. */
  function unknownFigures({ name, targets, cases, columns, waits }: Promising): readonly string[] {
    const known = cases({ isQuick: false, clients: null })
    return targets
      .flatMap(({ of, to }) => (to === null ? [of] : [of, to]))
      .filter((figure) => {
        const found = known.find((each) => each.name === figure.case)
        const hasSystem = found?.systems.includes(figure.system) === true || figure.system in waits
        const hasColumn = columns.some(({ quantity }) => quantity === figure.quantity)
        return found === undefined || !hasSystem || !hasColumn
      })
      .map((figure) => `${name}: ${JSON.stringify(figure)}`)
  }

  test('speak of cases, systems and figures that there are', () => {
    expect(benches.flatMap(unknownFigures)).toEqual([])
  })
})
