import { describe, expect, it } from 'vitest'
import { railClearance } from '../car.ts'
import { circuit, world } from '../track/circuit.ts'
import { ringRadius } from './car-painter.ts'
import { carLengthOf, fitViewport, toScreen } from './viewport.ts'

const corners = [
  { x: 0, y: 0 },
  { x: world.width, y: 0 },
  { x: 0, y: world.height },
  { x: world.width, y: world.height },
]

describe('the viewport', () => {
  it.each([
    ['a phone', 358, 537],
    ['a small phone', 328, 420],
    ['a desktop', 820, 547],
    ['a wide strip', 900, 300],
    ['a square', 500, 500],
  ])('shows the whole world on %s', (_, width, height) => {
    const viewport = fitViewport(width, height)
    for (const corner of corners) {
      const { x, y } = toScreen(viewport, corner)
      expect(x).toBeGreaterThanOrEqual(-0.001)
      expect(x).toBeLessThanOrEqual(width + 0.001)
      expect(y).toBeGreaterThanOrEqual(-0.001)
      expect(y).toBeLessThanOrEqual(height + 0.001)
    }
  })

  it.each([
    ['a phone', 356, 534],
    ['the smallest phone', 286, 368],
    ['the smallest phone on its side', 348, 264],
    ['a desktop', 790, 527],
    ['a wide strip', 900, 300],
  ])('keeps the ring around a car at the rail whole on %s', (_, width, height) => {
    const viewport = fitViewport(width, height)
    const reach = circuit.railHalfWidth - railClearance
    // The ring's line is a tenth of its radius wide; half of it lies outside.
    const ring = carLengthOf(viewport) * ringRadius * 1.05
    for (const { x, y, heading } of circuit.samples) {
      for (const aside of [-reach, reach]) {
        const at = { x: x - aside * Math.sin(heading), y: y + aside * Math.cos(heading) }
        const car = toScreen(viewport, at)
        expect(Math.min(car.x, car.y, width - car.x, height - car.y)).toBeGreaterThan(ring)
      }
    }
  })

  it('turns the world on its side, unmirrored, where the screen is upright', () => {
    const viewport = fitViewport(320, 480)
    const origin = toScreen(viewport, { x: 0, y: 0 })
    const east = toScreen(viewport, { x: 10, y: 0 })
    const angle = Math.atan2(east.y - origin.y, east.x - origin.x)
    expect(angle).toBeCloseTo(viewport.turn)
    const south = toScreen(viewport, { x: 0, y: 10 })
    expect(Math.atan2(south.y - origin.y, south.x - origin.x)).toBeCloseTo(Math.PI / 2 + viewport.turn)
  })
})
