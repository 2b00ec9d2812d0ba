import { createChance } from '../harness/seeded-chance.ts'
import { roundTo, type Workload } from './workload.ts'

/** One thing of the world as every system tells of it at the end; `rotation` is an exact single float. */
export interface Entity {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly z: number
  readonly rotation: number
  readonly hp: number
}

/** An entity as systems keep it that write plain objects. */
export type MutableEntity = { -readonly [Key in keyof Entity]: Entity[Key] }

/**
 * The entity that moves at every tick. Its y is the number of the tick, so that a client knows what it has applied
 * although no system's wire carries anything for the bench.
 */
export const pacemaker = 0

/** Coordinates lie between zero and this. */
export const worldSize = 1000

/** The world at its start; the same for everyone. */
export function createEntities({
  entities,
  precision,
}: Pick<Workload, 'entities' | 'precision'>): readonly Entity[] {
  const chance = createChance(1)
  const coordinate = (): number => roundTo(precision, chance() * worldSize)
  return Array.from({ length: entities }, (_, index) => ({
    name: `entity ${index}`,
    x: coordinate(),
    y: index === pacemaker ? 0 : coordinate(),
    z: coordinate(),
    rotation: Math.fround(chance() * 2 * Math.PI),
    hp: 1 + Math.floor(chance() * 100),
  }))
}
