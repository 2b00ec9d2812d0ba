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
 * Where each car's name goes: above or below it, not over other cars where there is a choice. A name that would cover
 * an earlier one gets null, so the first in the list is always named.
 */
export function layOutNames(cars: readonly Named[], sizes: NameSizes): (Point | null)[] {
  const { width, height, fontSize, carLength } = sizes
  const names: Box[] = []
  return cars.map((car) => {
    const halfWidth = car.nameWidth / 2 + 3
    const x = Math.max(halfWidth, Math.min(width - halfWidth, car.x))
    const spots = [-1, 1]
      .map((side): Box => ({ x, y: car.y + side * carLength * 1.05, halfWidth, halfHeight: fontSize / 2 }))
      .filter((spot) => spot.y > fontSize && spot.y < height - fontSize)
      .filter((spot) => !names.some((name) => overlap(name, spot)))
    const cover = (spot: Box) =>
      cars.some(({ x, y }) => overlap(spot, { x, y, halfWidth: carLength / 2, halfHeight: carLength / 3 }))
    const spot = spots.find((each) => !cover(each)) ?? spots[0] ?? null
    if (spot !== null) names.push(spot)
    return spot
  })
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth && Math.abs(a.y - b.y) < a.halfHeight + b.halfHeight
}
