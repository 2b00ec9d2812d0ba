import { wrap } from './track/track.ts'

/** How far a car has come, in meters from the first crossing of the line; negative on the grid behind it. */
export interface Journey {
  readonly distance: number
  readonly furthest: number
}

/** A journey that starts on the grid, this many meters behind the line. */
export function startJourney(metersBehindLine: number): Journey {
  return { distance: -metersBehindLine, furthest: -metersBehindLine }
}

/**
 * Moves a journey to a new place along the track, by the shorter way around. Driving backwards takes distance away, so
 * crossing the line back and forth gains nothing: a lap is a lap only by new distance.
 */
export function travel(journey: Journey, along: number, trackMeters: number): Journey {
  const step = wrap(along - journey.distance + trackMeters / 2, trackMeters) - trackMeters / 2
  const distance = journey.distance + step
  return { distance, furthest: Math.max(journey.furthest, distance) }
}

/** Completed laps. */
export function lapsOf(journey: Journey, trackMeters: number): number {
  return Math.max(0, Math.floor(journey.furthest / trackMeters))
}
