import { type Point, type Sample, type Track, turnBetween, wrap } from './track.ts'

/** A corner where two straights would meet, rounded by an arc of this radius. */
export interface Corner extends Point {
  readonly radius: number
}

/** What `createTrack` needs: the corners of a closed course in the direction of travel, each with room for its arc. */
export interface Layout {
  readonly corners: readonly Corner[]
  readonly roadHalfWidth: number
  readonly railHalfWidth: number
  readonly spacingMeters: number
}

/** Lays straights and arcs through the corners and samples them evenly, from halfway along the first straight. */
export function createTrack(layout: Layout): Track {
  const { corners, roadHalfWidth, railHalfWidth } = layout
  const arcs = corners.map((corner, index) => arcAt(at(corners, index - 1), corner, at(corners, index + 1)))
  const line = between(at(corners, 0), at(corners, 1), 0.5)
  const outline = [line, ...arcs.slice(1).flat(), ...(arcs[0] ?? []), line]
  const lengths = cumulativeLengths(outline)
  const lengthMeters = lengths.at(-1) ?? 0
  const count = Math.round(lengthMeters / layout.spacingMeters)
  const spacingMeters = lengthMeters / count
  const points = Array.from({ length: count }, (_, index) =>
    pointAlong(outline, lengths, index * spacingMeters),
  )
  const samples = points.map((point, index) => withHeading(points, point, index))
  return { samples, lengthMeters, spacingMeters, roadHalfWidth, railHalfWidth }
}

/** The arc that replaces a corner, as points about half a degree apart. */
function arcAt(before: Point, corner: Corner, after: Point): Point[] {
  const into = Math.atan2(corner.y - before.y, corner.x - before.x)
  const turn = turnBetween(into, Math.atan2(after.y - corner.y, after.x - corner.x))
  const cut = corner.radius * Math.tan(Math.abs(turn) / 2)
  const start = { x: corner.x - cut * Math.cos(into), y: corner.y - cut * Math.sin(into) }
  const inward = into + (Math.sign(turn) * Math.PI) / 2
  const center = {
    x: start.x + corner.radius * Math.cos(inward),
    y: start.y + corner.radius * Math.sin(inward),
  }
  const steps = Math.ceil(Math.abs(turn) * 100)
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = inward + Math.PI + (turn * step) / steps
    return { x: center.x + corner.radius * Math.cos(angle), y: center.y + corner.radius * Math.sin(angle) }
  })
}

function cumulativeLengths(points: readonly Point[]): number[] {
  let total = 0
  return points.map((point, index) => {
    const before = points[index - 1] ?? point
    total += Math.hypot(point.x - before.x, point.y - before.y)
    return total
  })
}

function pointAlong(points: readonly Point[], lengths: readonly number[], meters: number): Point {
  const after = lengths.findIndex((length) => length > meters)
  const from = lengths[after - 1] ?? 0
  const part = (meters - from) / ((lengths[after] ?? 1) - from)
  return between(at(points, after - 1), at(points, after), part)
}

function withHeading(points: readonly Point[], point: Point, index: number): Sample {
  const before = at(points, index - 1)
  const after = at(points, index + 1)
  return { ...point, heading: Math.atan2(after.y - before.y, after.x - before.x) }
}

function between(a: Point, b: Point, part: number): Point {
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
}

function at<P extends Point>(points: readonly P[], index: number): P {
  const point = points[wrap(index, points.length)]
  if (point === undefined) throw new RangeError('cannot lay a track: it has no points.')
  return point
}
