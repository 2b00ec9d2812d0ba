import { maxRacers } from '../rules.ts'
import { circuit } from '../track/circuit.ts'
import { gridSlot } from '../track/grid-slot.ts'
import { type Point, sampleAt } from '../track/track.ts'
import type { Palette } from './palette.ts'
import { bends, plantTrees, type Span } from './scenery.ts'

const trees = plantTrees(circuit)
const kerbs = bends(circuit)

/** Paints everything that stands still, in meters: the context must carry the viewport's transform. */
export function paintTrack(context: CanvasRenderingContext2D, palette: Palette): void {
  paintGround(context, palette)
  const course = coursePath()
  context.lineJoin = 'round'
  strokePath(context, course, { color: palette.rail, width: 2 * circuit.railHalfWidth + 1.2 })
  strokePath(context, course, { color: palette.verge, width: 2 * circuit.railHalfWidth - 0.2 })
  for (const span of kerbs) paintKerbs(context, span, palette)
  strokePath(context, course, { color: palette.road, width: 2 * circuit.roadHalfWidth })
  paintCenterLine(context, course, palette)
  paintGrid(context, palette)
  paintFinishLine(context, palette)
}

function paintGround(context: CanvasRenderingContext2D, palette: Palette): void {
  for (const { x, y, radius } of trees) {
    fillCircle(context, { x, y }, { radius, color: palette.tree })
    fillCircle(
      context,
      { x: x - radius * 0.18, y: y - radius * 0.18 },
      { radius: radius * 0.62, color: palette.treeTop },
    )
  }
}

function paintKerbs(context: CanvasRenderingContext2D, { from, to }: Span, palette: Palette): void {
  for (const side of [-1, 1]) {
    const edge = offsetPath(from, to, side * (circuit.roadHalfWidth + 0.1))
    strokePath(context, edge, { color: palette.road, width: 1.8 })
    context.setLineDash([2.6, 2.6])
    strokePath(context, edge, { color: palette.kerb, width: 1.8 })
    context.setLineDash([])
  }
}

function paintCenterLine(context: CanvasRenderingContext2D, course: Path2D, palette: Palette): void {
  context.setLineDash([3.5, 5.5])
  strokePath(context, course, { color: palette.roadMark, width: 0.5 })
  context.setLineDash([])
}

/** A bracket in front of each place of the grid. */
function paintGrid(context: CanvasRenderingContext2D, palette: Palette): void {
  for (let slot = 0; slot < maxRacers; slot++) {
    const { behindLine, aside } = gridSlot(slot)
    const { x, y, heading } = sampleAt(circuit, -behindLine + 5.4)
    context.save()
    context.translate(x, y)
    context.rotate(heading)
    context.translate(0, aside)
    context.beginPath()
    context.moveTo(-1.6, -2.4)
    context.lineTo(0, -2.4)
    context.lineTo(0, 2.4)
    context.lineTo(-1.6, 2.4)
    context.strokeStyle = palette.rail
    context.lineWidth = 0.5
    context.stroke()
    context.restore()
  }
}

function paintFinishLine(context: CanvasRenderingContext2D, palette: Palette): void {
  const { x, y, heading } = sampleAt(circuit, 0)
  const squares = 10
  const size = (2 * circuit.roadHalfWidth) / squares
  context.save()
  context.translate(x, y)
  context.rotate(heading)
  context.fillStyle = palette.road
  context.fillRect(-size, -circuit.roadHalfWidth, 2 * size, 2 * circuit.roadHalfWidth)
  context.fillStyle = palette.label
  for (let square = 0; square < squares; square++) {
    context.fillRect(square % 2 === 0 ? -size : 0, square * size - circuit.roadHalfWidth, size, size)
  }
  context.restore()
}

function coursePath(): Path2D {
  const path = new Path2D()
  for (const { x, y } of circuit.samples) path.lineTo(x, y)
  path.closePath()
  return path
}

function offsetPath(from: number, to: number, aside: number): Path2D {
  const path = new Path2D()
  for (let meters = from; meters <= to; meters += 1) {
    const { x, y, heading } = sampleAt(circuit, meters)
    path.lineTo(x - aside * Math.sin(heading), y + aside * Math.cos(heading))
  }
  return path
}

function strokePath(
  context: CanvasRenderingContext2D,
  path: Path2D,
  pen: { color: string; width: number },
): void {
  context.strokeStyle = pen.color
  context.lineWidth = pen.width
  context.stroke(path)
}

function fillCircle(
  context: CanvasRenderingContext2D,
  at: Point,
  disc: { radius: number; color: string },
): void {
  context.beginPath()
  context.arc(at.x, at.y, disc.radius, 0, 2 * Math.PI)
  context.fillStyle = disc.color
  context.fill()
}
