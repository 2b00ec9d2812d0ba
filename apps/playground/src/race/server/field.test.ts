import { describe, expect, it } from 'vitest'
import { circuit } from '../track/circuit.ts'
import { project, sampleAt, turnBetween } from '../track/track.ts'
import { type Driver, gridDriver, type LapCompleted, stepField } from './field.ts'

const dt = 1 / 30

/** Runs a race until everyone has finished or time is up; the drivers steer towards the road ahead. */
function race(drivers: readonly Driver[], { limitSeconds }: { limitSeconds: number }): LapCompleted[] {
  const laps: LapCompleted[] = []
  for (let tick = 1; tick <= limitSeconds / dt; tick++) {
    for (const driver of drivers) steerAhead(driver)
    laps.push(...stepField(drivers, { track: circuit, lapsToWin: 3, dt, raceMs: tick * dt * 1000 }))
    if (drivers.every((driver) => driver.finishMs !== null)) break
  }
  return laps
}

function steerAhead(driver: Driver): void {
  const aim = sampleAt(circuit, driver.journey.distance + 20)
  const off = turnBetween(driver.car.heading, Math.atan2(aim.y - driver.car.y, aim.x - driver.car.x))
  driver.controls = { turn: Math.max(-1, Math.min(1, off * 3)), pedal: 'throttle' }
}

describe('the field', () => {
  it('lets eight cars finish three laps each, told lap by lap', () => {
    const drivers = Array.from({ length: 8 }, (_, slot) => gridDriver(circuit, slot))
    const laps = race(drivers, { limitSeconds: 90 })
    for (const driver of drivers) {
      const own = laps.filter((lap) => lap.driver === driver)
      expect(own.map((lap) => lap.lap)).toEqual([1, 2, 3])
      expect(own.map((lap) => lap.isFinish)).toEqual([false, false, true])
      expect(own.reduce((sum, lap) => sum + lap.lapMs, 0)).toBeCloseTo(driver.finishMs ?? 0)
      expect(driver.bestLapMs).toBe(Math.min(...own.map((lap) => lap.lapMs)))
    }
  })

  it('places eight cars behind the line, on the road and apart', () => {
    const cars = Array.from({ length: 8 }, (_, slot) => gridDriver(circuit, slot))
    for (const [slot, { car, journey }] of cars.entries()) {
      expect(Math.abs(project(circuit, car, journey.distance).aside)).toBeLessThan(circuit.roadHalfWidth)
      const next = cars[slot + 1]?.car
      if (next !== undefined) expect(Math.hypot(next.x - car.x, next.y - car.y)).toBeGreaterThan(6)
    }
  })

  it('lets a car that is not solid drive through another', () => {
    const driver = gridDriver(circuit, 2)
    const standing = gridDriver(circuit, 0)
    standing.isSolid = false
    driver.car = { ...driver.car, velocityX: -40 }
    for (let tick = 0; tick < 24; tick++) {
      stepField([driver, standing], { track: circuit, lapsToWin: 3, dt, raceMs: tick * 33 })
    }
    expect(driver.car.x).toBeLessThan(standing.car.x)
    expect(standing.car.velocityX).toBe(0)
  })
})
