import { world } from '../track/circuit.ts'
import { type Point, sampleAt, type Track, turnBetween } from '../track/track.ts'

/** A tree seen from above. */
export interface Tree extends Point {
  readonly radius: number
}

/** Stretches of the track, from and to meters along it. */
export interface Span {
  readonly from: number
  readonly to: number
}

const cell = 9

/** Trees wherever the track leaves room, the same ones on every screen. */
export function plantTrees(track: Track): Tree[] {
  const trees: Tree[] = []
  for (let row = 0; row * cell < world.height; row++) {
    for (let column = 0; column * cell < world.width; column++) {
      const chance = scatter(column, row, 1)
      if (chance < 0.5) continue
      const x = (column + 0.2 + 0.6 * scatter(column, row, 2)) * cell
      const y = (row + 0.2 + 0.6 * scatter(column, row, 3)) * cell
      const radius = 1.6 + 2.6 * scatter(column, row, 4)
      if (clearance(track, { x, y }) > track.railHalfWidth + radius + 1.5) trees.push({ x, y, radius })
    }
  }
  return trees
}

/** Where the track bends more than a little: there it has kerbs. */
export function bends(track: Track): Span[] {
  const spans: Span[] = []
  let from: number | null = null
  for (let meters = 0; meters <= track.lengthMeters; meters += track.spacingMeters) {
    const turn = turnBetween(sampleAt(track, meters - 3).heading, sampleAt(track, meters + 3).heading)
    const isBend = Math.abs(turn) > 0.2
    if (isBend && from === null) from = meters
    if (isBend || from === null) continue
    spans.push({ from, to: meters })
    from = null
  }
  return spans
}

function clearance(track: Track, { x, y }: Point): number {
  return Math.min(...track.samples.map((sample) => Math.hypot(sample.x - x, sample.y - y)))
}

/** A fixed noise in 0..1; not random, so that two screens show the same wood. */
function scatter(column: number, row: number, salt: number): number {
  const value = Math.sin(column * 127.1 + row * 311.7 + salt * 74.7) * 43_758.545
  return value - Math.floor(value)
}
