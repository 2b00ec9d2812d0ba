import { describe, expect, it } from 'vitest'
import { layOutNames } from './name-layout.ts'

const sizes = { width: 800, height: 500, fontSize: 14, carLength: 28 }

describe('names on the track', () => {
  it('stand above their car', () => {
    const [name] = layOutNames([{ x: 400, y: 250, nameWidth: 60 }], sizes)
    expect(name?.y).toBeLessThan(250)
  })

  it('go below at the upper edge, and stay on the screen at the sides', () => {
    const [name] = layOutNames([{ x: 5, y: 10, nameWidth: 100 }], sizes)
    expect(name?.y).toBeGreaterThan(10)
    expect(name?.x).toBeGreaterThan(50)
  })

  it('avoid the car above', () => {
    const cars = [
      { x: 400, y: 250, nameWidth: 60 },
      { x: 400, y: 222, nameWidth: 60 },
    ]
    const [lower, upper] = layOutNames(cars, sizes)
    expect(lower?.y).toBeGreaterThan(250)
    expect(upper?.y).toBeLessThan(222)
  })

  it('are left out where they would cover a name or a car, but for the first', () => {
    const cars = Array.from({ length: 4 }, (_, index) => ({ x: 400 + index, y: 250, nameWidth: 700 }))
    const names = layOutNames(cars, { ...sizes, height: 290 })
    expect(names.map((name) => name !== null)).toEqual([true, false, false, false])
  })
})
