import { describe, expect, it } from 'vitest'
import { circuit, world } from './circuit.ts'
import { project, sampleAt, searchMeters, turnBetween, wrap } from './track.ts'

const everyMeter = Array.from({ length: Math.floor(circuit.lengthMeters) }, (_, meters) => meters)

describe('the circuit', () => {
  it('closes on itself with evenly spaced samples', () => {
    for (const [index, sample] of circuit.samples.entries()) {
      const next = sampleAt(circuit, (index + 1) * circuit.spacingMeters)
      const gap = Math.hypot(next.x - sample.x, next.y - sample.y)
      expect(gap).toBeGreaterThan(circuit.spacingMeters * 0.98)
      expect(gap).toBeLessThanOrEqual(circuit.spacingMeters * 1.001)
    }
  })

  it('lies in the world with its rails', () => {
    for (const { x, y } of circuit.samples) {
      expect(x).toBeGreaterThan(circuit.railHalfWidth)
      expect(x).toBeLessThan(world.width - circuit.railHalfWidth)
      expect(y).toBeGreaterThan(circuit.railHalfWidth)
      expect(y).toBeLessThan(world.height - circuit.railHalfWidth)
    }
  })

  it('has no corner inside of which the rail would fold', () => {
    for (const meters of everyMeter) {
      const turn = turnBetween(sampleAt(circuit, meters).heading, sampleAt(circuit, meters + 3).heading)
      expect(Math.abs(turn)).toBeLessThan(3 / (circuit.railHalfWidth + 3))
    }
  })

  it('crosses the line in the direction of travel, on a straight', () => {
    expect(sampleAt(circuit, 0).heading).toBeCloseTo(Math.PI, 6)
    expect(sampleAt(circuit, -30).heading).toBeCloseTo(Math.PI, 6)
  })
})

describe('project', () => {
  it('finds every place between the rails from a rough guess', () => {
    for (const meters of everyMeter) {
      const sample = sampleAt(circuit, meters)
      for (const aside of [-10, 0, 10]) {
        const point = {
          x: sample.x - aside * Math.sin(sample.heading),
          y: sample.y + aside * Math.cos(sample.heading),
        }
        const found = project(circuit, point, meters + 5)
        expect(turnBetween(0, ((found.along - meters) / circuit.lengthMeters) * 2 * Math.PI)).toBeCloseTo(
          0,
          1,
        )
        expect(found.aside).toBeCloseTo(aside, 0)
      }
    }
  })

  it('never jumps to a neighboring stretch', () => {
    const found = project(circuit, sampleAt(circuit, 400), 100)
    expect(Math.abs(found.along - 100)).toBeLessThanOrEqual(searchMeters + 2 * circuit.spacingMeters)
  })
})

describe('angles and laps', () => {
  it('wraps into 0..length, negative values too', () => {
    expect(wrap(-1, 10)).toBe(9)
    expect(wrap(23, 10)).toBe(3)
  })

  it('turns the short way', () => {
    expect(turnBetween(3, -3)).toBeCloseTo(2 * Math.PI - 6)
    expect(turnBetween(-3, 3)).toBeCloseTo(6 - 2 * Math.PI)
  })
})
