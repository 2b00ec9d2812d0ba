import type { WorldServerSetting } from '../world/system.ts'

/** For servers of the world: nothing is there, and nothing moves. */
export function emptyWorld(clients: number): Omit<WorldServerSetting, 'http'> {
  return {
    work: { clients, entities: 0, movesPerTick: 0, tickHz: 20, precision: 'single' },
    entities: [],
    takeMoves: () => [],
  }
}
