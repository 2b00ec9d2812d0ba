import type { Point } from '../track/track.ts'
import { layOutNames } from './name-layout.ts'
import type { Palette } from './palette.ts'

/** A car as it is to be drawn in one frame; positions in CSS pixels. */
export interface CarPicture extends Point {
  readonly heading: number
  readonly color: string
  readonly label: string
  readonly isSelf: boolean
  /** 1 is solid; a potion or a lost connection makes it less. */
  readonly opacity: number
  readonly trail: readonly Point[]
}

/** How all cars are drawn; `length` is a car's, in pixels. */
export interface CarLook {
  readonly length: number
  readonly palette: Palette
}

/** Of the ring around one's own car, in lengths of a car. */
export const ringRadius = 0.82

/** Paints a car and the trail behind it. */
export function paintCar(context: CanvasRenderingContext2D, car: CarPicture, look: CarLook): void {
  context.save()
  context.globalAlpha = car.opacity
  paintTrail(context, car, look.length)
  context.save()
  context.translate(car.x, car.y)
  context.rotate(car.heading)
  if (car.isSelf) paintRing(context, look)
  paintBody(context, car.color, look.length)
  context.restore()
  context.restore()
}

/** Paints the cars' names, those of earlier cars first. */
export function paintLabels(
  context: CanvasRenderingContext2D,
  cars: readonly CarPicture[],
  { length, palette }: CarLook,
): void {
  const fontSize = Math.max(11, Math.min(14, length * 0.5))
  context.font = `600 ${fontSize}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = palette.halo
  context.fillStyle = palette.label
  const { clientWidth: width, clientHeight: height } = context.canvas
  const named = cars.map(({ x, y, label }) => ({ x, y, nameWidth: context.measureText(label).width }))
  const spots = layOutNames(named, { width, height, fontSize, carLength: length })
  for (const [index, { label }] of cars.entries()) {
    const spot = spots[index]
    if (spot === undefined || spot === null) continue
    context.strokeText(label, spot.x, spot.y)
    context.fillText(label, spot.x, spot.y)
  }
}

function paintTrail(
  context: CanvasRenderingContext2D,
  { trail, color, opacity }: CarPicture,
  length: number,
): void {
  context.strokeStyle = color
  for (const [index, point] of trail.entries()) {
    const next = trail[index + 1]
    if (next === undefined) break
    const freshness = (index + 1) / trail.length
    context.globalAlpha = opacity * freshness * 0.6
    context.lineWidth = length * 0.34 * freshness
    context.beginPath()
    context.moveTo(point.x, point.y)
    context.lineTo(next.x, next.y)
    context.stroke()
  }
  context.globalAlpha = opacity
}

function paintRing(context: CanvasRenderingContext2D, { length, palette }: CarLook): void {
  context.beginPath()
  context.arc(0, 0, length * ringRadius, 0, 2 * Math.PI)
  context.strokeStyle = palette.kerb
  context.lineWidth = Math.max(1.5, length * 0.08)
  context.stroke()
}

/** Nose to the right, one unit long, half as wide. */
function paintBody(context: CanvasRenderingContext2D, color: string, length: number): void {
  context.scale(length, length)
  context.fillStyle = '#1d2320'
  for (const [x, y] of [
    [-0.36, -0.3],
    [-0.36, 0.16],
    [0.14, -0.27],
    [0.14, 0.15],
  ] as const) {
    context.fillRect(x, y, 0.22, 0.13)
  }
  context.beginPath()
  context.roundRect(-0.5, -0.21, 0.94, 0.42, [0.1, 0.2, 0.2, 0.1])
  context.fillStyle = color
  context.fill()
  context.strokeStyle = 'rgb(255 255 255 / 85%)'
  context.lineWidth = 0.05
  context.stroke()
  context.beginPath()
  context.roundRect(-0.12, -0.13, 0.26, 0.26, 0.09)
  context.fillStyle = 'rgb(255 255 255 / 88%)'
  context.fill()
  context.fillStyle = 'rgb(20 25 22 / 70%)'
  context.fillRect(-0.49, -0.24, 0.09, 0.48)
}
