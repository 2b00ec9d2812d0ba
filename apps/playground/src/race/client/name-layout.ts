import type { Point } from '../track/track.ts'

/** What has a name; positions in CSS pixels. */
export interface Named extends Point {
  readonly nameWidth: number
}

export interface NameSizes {
  readonly width: number
  readonly height: number
  readonly fontSize: number
  readonly carLength: number
}

interface Box extends Point {
  readonly halfWidth: number
  readonly halfHeight: number
}

/**
 * Where each car's name goes: above, below or beside it. A name that would cover another one or a car is left out
 * (null) until there is room, except that the first in the list always has one.
 */
export function layOutNames(cars: readonly Named[], sizes: NameSizes): (Point | null)[] {
  const { carLength } = sizes
  const bodies = cars.map(({ x, y }): Box => ({ x, y, halfWidth: carLength / 2, halfHeight: carLength / 3 }))
  const names: Box[] = []
  return cars.map((car, index) => {
    const spots = spotsAround(car, sizes).filter((spot) => !names.some((name) => overlap(name, spot)))
    const free = spots.find((spot) => !bodies.some((body) => overlap(body, spot)))
    const spot = free ?? (index === 0 ? spots[0] : undefined) ?? null
    if (spot !== null) names.push(spot)
    return spot
  })
}

function spotsAround({ x, y, nameWidth }: Named, { width, height, fontSize, carLength }: NameSizes): Box[] {
  const halfWidth = nameWidth / 2 + 3
  const halfHeight = fontSize / 2
  const inside = (left: number) => Math.max(halfWidth, Math.min(width - halfWidth, left))
  return [
    { x: inside(x), y: y - carLength * 1.05, halfWidth, halfHeight },
    { x: inside(x), y: y + carLength * 1.05, halfWidth, halfHeight },
    { x: inside(x + halfWidth + carLength * 0.7), y, halfWidth, halfHeight },
    { x: inside(x - halfWidth - carLength * 0.7), y, halfWidth, halfHeight },
  ].filter((spot) => spot.y > fontSize && spot.y < height - fontSize)
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight
}
