import { describe, expect, test } from 'vitest'
import { smoke, smokePatience } from '../harness/smoke.ts'
import { findDifference } from './agreement.ts'
import { createEntities, pacemaker } from './entity.ts'
import { createMoves } from './moves.ts'
import { runSteadily } from './steady-run.ts'
import { type WorldSystemName, worldSystems } from './systems.ts'
import type { Workload } from './workload.ts'

const work: Workload = { clients: 2, entities: 300, movesPerTick: 30, tickHz: 20, precision: 'centimeter' }

describe('the world of the benches', () => {
  test.for(Object.keys(worldSystems) as WorldSystemName[])(
    'ends with every client of %s in agreement',
    smokePatience,
    async (system) => {
      const { figures, differences } = await runSteadily(system, work, smoke)
      expect(differences).toEqual([])
      expect(figures.cpu).toBeGreaterThan(0)
    },
  )

  test('tells the first difference of two states, negative zero included', () => {
    const server = createEntities(work)
    const client = server.map((entity, index) => (index === 1 ? { ...entity, x: -0 } : entity))
    expect(findDifference(server, createEntities(work))).toBeNull()
    expect(findDifference(server, client)).toMatch(/^entity 1 has x /)
    expect(findDifference(server, server.slice(1))).toBe('the server has 300 entities, the client 299')
  })

  test('moves each entity at most once a tick, and the pacemaker always', () => {
    const nextMoves = createMoves(work)
    for (const tick of [7, 1_000_000]) {
      const moves = nextMoves(tick)
      expect(new Set(moves.map(({ index }) => index)).size).toBe(work.movesPerTick)
      expect(moves.find(({ index }) => index === pacemaker)?.y).toBe(tick)
    }
  })

  test('gives the same moves to every system, in the precision that it declares', () => {
    const [one, other] = [createMoves(work), createMoves(work)]
    expect(one(3)).toEqual(other(3))
    for (const { x, z } of one(4))
      expect([x, z]).toEqual([Math.round(x * 100) / 100, Math.round(z * 100) / 100])
  })
})
