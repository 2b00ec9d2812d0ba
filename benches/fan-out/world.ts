import { createChance } from '../harness/seeded-chance.ts'

/** One thing of the world as every system tells of it at the end; all numbers but `hp` are exact single floats. */
export interface Entity {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly z: number
  readonly rotation: number
  readonly hp: number
}

/** Where an entity goes. */
export interface Move {
  readonly index: number
  readonly x: number
  readonly y: number
  readonly z: number
}

/** The size of the work. */
export interface Workload {
  readonly entities: number
  readonly movesPerTick: number
  readonly tickHz: number
}

/** T1's. */
export const workload: Workload = Object.freeze({ entities: 1000, movesPerTick: 100, tickHz: 20 })

/**
 * The entity that moves at every tick. Its y is the number of the tick, so that a client knows what it has applied
 * although no system's wire carries anything for the bench.
 */
export const pacemaker = 0

/** The world at its start; the same for everyone. */
export function createEntities(count: number): readonly Entity[] {
  const chance = createChance(1)
  const coordinate = (): number => Math.fround(chance() * 1000)
  return Array.from({ length: count }, (_, index) => ({
    name: `entity ${index}`,
    x: coordinate(),
    y: index === pacemaker ? 0 : coordinate(),
    z: coordinate(),
    rotation: Math.fround(chance() * 2 * Math.PI),
    hp: 1 + Math.floor(chance() * 100),
  }))
}

/** The moves of one tick after the other: the pacemaker, and others chosen at random, each at most once. */
export function createMoves({ entities, movesPerTick }: Workload): (tick: number) => readonly Move[] {
  const chance = createChance(2)
  const coordinate = (): number => Math.fround(chance() * 1000)
  const others = Array.from({ length: entities - 1 }, (_, at) => at + 1)
  return (tick) => {
    const moves: Move[] = [{ index: pacemaker, x: coordinate(), y: tick, z: coordinate() }]
    for (let at = 0; at < movesPerTick - 1; at++) {
      const other = at + Math.floor(chance() * (others.length - at))
      const [index = pacemaker, swapped = pacemaker] = [others[other], others[at]]
      others[at] = index
      others[other] = swapped
      moves.push({ index, x: coordinate(), y: coordinate(), z: coordinate() })
    }
    return moves
  }
}
