import { describe, expect, test } from 'vitest'
import { findDifference } from './agreement.ts'
import { runSystem } from './run.ts'
import { createEntities, createMoves, pacemaker, workload } from './world.ts'

/** Short, and from the sources: what is measured here means nothing, that all clients agree does. */
const smoke = {
  clients: 3,
  loadProcesses: 1,
  warmUpMs: 100,
  windowMs: 900,
  nodeFlags: ['--conditions=@banyan/source'],
  profilePath: null,
}

describe('the fan-out bench', () => {
  test.for(['ws', 'banyan'] as const)(
    'ends with every client of %s in agreement',
    { timeout: 30_000 },
    async (system) => {
      const { ticks, differences } = await runSystem(system, smoke)
      expect(differences).toEqual([])
      expect(ticks).toBeGreaterThan(0)
    },
  )

  test('tells the first difference of two states, negative zero included', () => {
    const server = createEntities(3)
    const client = server.map((entity, index) => (index === 1 ? { ...entity, x: -0 } : entity))
    expect(findDifference(server, createEntities(3))).toBeNull()
    expect(findDifference(server, client)).toMatch(/^entity 1 has x /)
    expect(findDifference(server, server.slice(1))).toBe('the server has 3 entities, the client 2')
  })

  test('moves each entity at most once a tick, and the pacemaker always', () => {
    const moves = createMoves(workload)(7)
    expect(new Set(moves.map(({ index }) => index)).size).toBe(workload.movesPerTick)
    expect(moves.find(({ index }) => index === pacemaker)?.y).toBe(7)
  })
})
