import { describe, expect, it } from 'vitest'
import { alongRails, bump, type Car, type Controls, stepCar, topSpeed } from './car.ts'
import { startJourney, travel } from './laps.ts'
import { circuit } from './track/circuit.ts'
import { project, sampleAt, turnBetween } from './track/track.ts'

const dt = 1 / 30
const throttle: Controls = { turn: 0, pedal: 'throttle' }

function carAt(meters: number, speed = 0): Car {
  const { x, y, heading } = sampleAt(circuit, meters)
  return { x, y, heading, velocityX: speed * Math.cos(heading), velocityY: speed * Math.sin(heading) }
}

/** Drives for some seconds; returns the meters covered and the largest distance from the center line. */
function drive(behindLine: number, controlsFor: (car: Car, along: number) => Controls, seconds: number) {
  let car = carAt(-behindLine)
  let journey = startJourney(behindLine)
  let widest = 0
  for (let step = 0; step < seconds / dt; step++) {
    const place = (at: Car) => ({ track: circuit, projection: project(circuit, at, journey.distance), dt })
    const stepped = stepCar(car, controlsFor(car, journey.distance), place(car))
    car = alongRails(stepped, place(stepped))
    const { along, aside } = place(car).projection
    journey = travel(journey, along, circuit.lengthMeters)
    widest = Math.max(widest, Math.abs(aside))
  }
  return { meters: journey.distance, widest }
}

function towards(car: Car, along: number): Controls {
  const aim = sampleAt(circuit, along + 20)
  const off = turnBetween(car.heading, Math.atan2(aim.y - car.y, aim.x - car.x))
  return { turn: Math.abs(off) < 0.1 ? 0 : Math.sign(off), pedal: 'throttle' }
}

describe('a car', () => {
  it('reaches two thirds of its top speed within two seconds and never exceeds it', () => {
    let car = carAt(0)
    for (let step = 0; step < 60; step++) {
      car = stepCar(car, throttle, {
        track: circuit,
        projection: { along: 0, aside: 0, heading: Math.PI },
        dt,
      })
    }
    expect(Math.hypot(car.velocityX, car.velocityY)).toBeGreaterThan(topSpeed * 0.66)
    expect(Math.hypot(car.velocityX, car.velocityY)).toBeLessThan(topSpeed)
  })

  it('completes a lap in under 20 seconds when steered with two keys', () => {
    expect(drive(10, towards, 20).meters).toBeGreaterThan(circuit.lengthMeters)
  })

  it('gets around without steering, much slower, and stays between the rails', () => {
    const { meters, widest } = drive(10, () => throttle, 20)
    expect(meters).toBeGreaterThan(100)
    expect(meters).toBeLessThan(circuit.lengthMeters / 2)
    expect(widest).toBeLessThanOrEqual(circuit.railHalfWidth)
  })

  it('coasts to a stop without a driver', () => {
    let car = carAt(0, 50)
    for (let step = 0; step < 240; step++) {
      const projection = project(circuit, car, 0)
      car = stepCar(car, { turn: 0, pedal: 'none' }, { track: circuit, projection, dt })
    }
    expect(Math.hypot(car.velocityX, car.velocityY)).toBeLessThan(1)
  })

  it('does not turn more for more than full steering', () => {
    const stretch = { track: circuit, projection: project(circuit, carAt(0), 0), dt }
    expect(stepCar(carAt(0, 40), { turn: 9, pedal: 'none' }, stretch)).toEqual(
      stepCar(carAt(0, 40), { turn: 1, pedal: 'none' }, stretch),
    )
  })
})

describe('bump', () => {
  it('parts touching cars and hands speed to the one in front', () => {
    const [behind, ahead] = bump(
      { x: 0, y: 0, heading: 0, velocityX: 40, velocityY: 0 },
      { x: 3, y: 0, heading: 0, velocityX: 20, velocityY: 0 },
    )
    expect(ahead.x - behind.x).toBeGreaterThan(5)
    expect(ahead.velocityX).toBeGreaterThan(behind.velocityX)
    expect(ahead.velocityX + behind.velocityX).toBeCloseTo(60)
  })

  it('leaves cars apart as they are', () => {
    const a = { x: 0, y: 0, heading: 0, velocityX: 40, velocityY: 0 }
    const b = { ...a, x: 20 }
    expect(bump(a, b)).toEqual([a, b])
  })
})
