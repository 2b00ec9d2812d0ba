import { alongRails, bump, type Car, type Controls, stepCar } from '../car.ts'
import { type Journey, lapsOf, startJourney, travel } from '../laps.ts'
import { gridSlot } from '../track/grid-slot.ts'
import { project, sampleAt, type Track } from '../track/track.ts'

/** One car in the race as the server computes it; `stepField` moves it in place. Times count from the start signal. */
export interface Driver {
  car: Car
  journey: Journey
  controls: Controls
  /** Cars that are not solid pass through the others: a potion's gift, and a finisher's manners. */
  isSolid: boolean
  lapStartedMs: number
  bestLapMs: number | null
  finishMs: number | null
}

/** What a step brought about. */
export interface LapCompleted {
  readonly driver: Driver
  readonly lap: number
  readonly lapMs: number
  readonly isFinish: boolean
}

export interface FieldStep {
  readonly track: Track
  readonly lapsToWin: number
  readonly dt: number
  readonly raceMs: number
}

/** A driver on a place of the grid: two lanes, staggered, the first place nearest to the line. */
export function gridDriver(track: Track, slot: number): Driver {
  const { behindLine, aside } = gridSlot(slot)
  const { x, y, heading } = sampleAt(track, -behindLine)
  return {
    car: {
      x: x - aside * Math.sin(heading),
      y: y + aside * Math.cos(heading),
      heading,
      velocityX: 0,
      velocityY: 0,
    },
    journey: startJourney(behindLine),
    controls: { turn: 0, pedal: 'none' },
    isSolid: true,
    lapStartedMs: 0,
    bestLapMs: null,
    finishMs: null,
  }
}

/** Moves everyone by one tick: steer, bump, keep between the rails, count laps. Each lap is told once. */
export function stepField(drivers: readonly Driver[], step: FieldStep): LapCompleted[] {
  for (const driver of drivers) driver.car = stepCar(driver.car, driver.controls, stretch(driver, step))
  const solid = drivers.filter((driver) => driver.isSolid)
  for (const [index, one] of solid.entries()) {
    for (const other of solid.slice(index + 1)) [one.car, other.car] = bump(one.car, other.car)
  }
  for (const driver of drivers) driver.car = alongRails(driver.car, stretch(driver, step))
  return drivers.flatMap((driver) => countLap(driver, step))
}

function countLap(driver: Driver, step: FieldStep): LapCompleted[] {
  const { track, raceMs, lapsToWin } = step
  const before = lapsOf(driver.journey, track.lengthMeters)
  driver.journey = travel(driver.journey, stretch(driver, step).projection.along, track.lengthMeters)
  const lap = lapsOf(driver.journey, track.lengthMeters)
  if (lap === before || driver.finishMs !== null) return []
  const lapMs = raceMs - driver.lapStartedMs
  const isFinish = lap >= lapsToWin
  driver.lapStartedMs = raceMs
  driver.bestLapMs = Math.min(lapMs, driver.bestLapMs ?? lapMs)
  if (isFinish) {
    driver.finishMs = raceMs
    driver.isSolid = false
  }
  return [{ driver, lap, lapMs, isFinish }]
}

function stretch(driver: Driver, { track, dt }: FieldStep) {
  return { track, dt, projection: project(track, driver.car, driver.journey.distance) }
}
