import { world } from '../track/circuit.ts'
import type { Point } from '../track/track.ts'

/** Pixels around the world, so that a car at the rail keeps its ring. */
const margin = 8

const carMeters = 8.4

/** How the world lies on a screen of CSS pixels: whole, centered, and on its side where the screen is upright. */
export interface Viewport {
  readonly width: number
  readonly height: number
  /** Pixels per meter. */
  readonly scale: number
  /** What to add to a heading in the world to get it on the screen. */
  readonly turn: number
  /** The six numbers of `CanvasRenderingContext2D.setTransform`, for one device pixel per CSS pixel. */
  readonly matrix: readonly [number, number, number, number, number, number]
}

export function fitViewport(width: number, height: number): Viewport {
  const isUpright = height > width
  const [across, down] = isUpright ? [world.height, world.width] : [world.width, world.height]
  const scale = Math.max(0, Math.min((width - 2 * margin) / across, (height - 2 * margin) / down))
  const left = (width - across * scale) / 2
  const top = (height - down * scale) / 2
  return {
    width,
    height,
    scale,
    turn: isUpright ? Math.PI / 2 : 0,
    matrix: isUpright ? [0, scale, -scale, 0, left + across * scale, top] : [scale, 0, 0, scale, left, top],
  }
}

/** A car's length in pixels: to scale, until that is too small to be seen. */
export function carLengthOf({ scale }: Viewport): number {
  return Math.max(16, carMeters * scale)
}

export function toScreen({ matrix: [a, b, c, d, e, f] }: Viewport, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f }
}
