/** A place in the world, in meters; y grows downwards, as it does on a canvas. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A point of the center line. `heading` is the direction of travel in radians. */
export interface Sample extends Point {
  readonly heading: number
}

/** A closed course as evenly spaced samples of its center line; the first one lies on the finish line. */
export interface Track {
  readonly samples: readonly Sample[]
  readonly lengthMeters: number
  readonly spacingMeters: number
  readonly roadHalfWidth: number
  readonly railHalfWidth: number
}

/** Where a point lies beside the track: meters along it from the line, and meters to the right of it. */
export interface Projection {
  readonly along: number
  readonly aside: number
  readonly heading: number
}

/** Meters to either side of a known position in which `project` looks, so that a neighboring stretch is never taken. */
export const searchMeters = 18

/** The center line at `along` meters; any number is fine, laps wrap. */
export function sampleAt(track: Track, along: number): Sample {
  const index = along / track.spacingMeters
  const whole = Math.floor(index)
  const a = sampleOf(track, whole)
  const b = sampleOf(track, whole + 1)
  const part = index - whole
  return {
    x: a.x + (b.x - a.x) * part,
    y: a.y + (b.y - a.y) * part,
    heading: a.heading + turnBetween(a.heading, b.heading) * part,
  }
}

/** Projects a point near `nearMeters` onto the center line. Costs a few dozen samples, whatever the length. */
export function project(track: Track, point: Point, nearMeters: number): Projection {
  const center = Math.round(nearMeters / track.spacingMeters)
  const reach = Math.ceil(searchMeters / track.spacingMeters)
  let nearest = center
  let nearestSquared = Number.POSITIVE_INFINITY
  for (let index = center - reach; index <= center + reach; index++) {
    const sample = sampleOf(track, index)
    const squared = (point.x - sample.x) ** 2 + (point.y - sample.y) ** 2
    if (squared >= nearestSquared) continue
    nearest = index
    nearestSquared = squared
  }
  const sample = sampleOf(track, nearest)
  const dx = point.x - sample.x
  const dy = point.y - sample.y
  const cos = Math.cos(sample.heading)
  const sin = Math.sin(sample.heading)
  // Far points project beyond their sample; the place is the nearest sample's all the same.
  const beyond = Math.max(-track.spacingMeters, Math.min(track.spacingMeters, dx * cos + dy * sin))
  const along = nearest * track.spacingMeters + beyond
  return { along: wrap(along, track.lengthMeters), aside: dy * cos - dx * sin, heading: sample.heading }
}

/** The shortest signed turn from one direction to another, in -π..π. */
export function turnBetween(from: number, to: number): number {
  return wrap(to - from + Math.PI, 2 * Math.PI) - Math.PI
}

/** `value` in 0..length. */
export function wrap(value: number, length: number): number {
  return ((value % length) + length) % length
}

function sampleOf(track: Track, index: number): Sample {
  const sample = track.samples[wrap(index, track.samples.length)]
  if (sample === undefined) throw new RangeError(`cannot sample the track at ${index}: it has no samples.`)
  return sample
}
