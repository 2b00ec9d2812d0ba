import { createChance } from '../harness/seeded-chance.ts'
import { createEntities, pacemaker, worldSize } from './entity.ts'
import { roundTo, type Workload } from './workload.ts'

/** Where an entity goes. */
export interface Move {
  readonly index: number
  readonly x: number
  readonly y: number
  readonly z: number
}

/** Half a unit at 20 Hz is a brisk run in meters; what jumps about at random would hide what deltas save. */
const longestStep = 0.5

/** So many moves are made before the start and then repeated: making them costs more than most systems need to tell them. */
const preparedMoves = 100_000

/** The moves of one tick after the other: the pacemaker, and others chosen at random that take a step, each at most once. */
export function createMoves(workload: Workload): (tick: number) => readonly Move[] {
  const { movesPerTick } = workload
  if (movesPerTick === 0) return () => []
  const nextMoves = walk(workload)
  const prepared = Array.from({ length: Math.ceil(preparedMoves / movesPerTick) }, nextMoves)
  return (tick) => {
    const [first, ...others] = prepared[tick % prepared.length] ?? []
    return first === undefined ? [] : [{ ...first, y: tick }, ...others]
  }
}

function walk(workload: Workload): () => readonly Move[] {
  const { entities, movesPerTick, precision } = workload
  const chance = createChance(2)
  const places = createEntities(workload).map(({ x, y, z }) => ({ x, y, z }))
  const others = Array.from({ length: entities - 1 }, (_, at) => at + 1)
  const step = (from: number): number => {
    const to = from + (chance() * 2 - 1) * longestStep
    return roundTo(precision, Math.min(worldSize, Math.max(0, to)))
  }
  function move(index: number): Move {
    const place = places[index] ?? { x: 0, y: 0, z: 0 }
    place.x = step(place.x)
    place.y = step(place.y)
    place.z = step(place.z)
    return { index, ...place }
  }
  return () => {
    const moves = [move(pacemaker)]
    for (let at = 0; at < movesPerTick - 1; at++) {
      const other = at + Math.floor(chance() * (others.length - at))
      const [index = pacemaker, swapped = pacemaker] = [others[other], others[at]]
      others[at] = index
      others[other] = swapped
      moves.push(move(index))
    }
    return moves
  }
}
