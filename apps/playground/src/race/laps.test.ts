import { describe, expect, it } from 'vitest'
import { lapsOf, startJourney, travel } from './laps.ts'

const trackMeters = 100

function drive(places: readonly number[], from = startJourney(10)) {
  return places.reduce((journey, along) => travel(journey, along, trackMeters), from)
}

describe('laps', () => {
  it('begins the first lap at the line, not on the grid', () => {
    expect(lapsOf(startJourney(10), trackMeters)).toBe(0)
    expect(drive([95, 5])).toEqual({ distance: 5, furthest: 5 })
    expect(lapsOf(drive([95, 5]), trackMeters)).toBe(0)
  })

  it('counts a lap once the whole track is behind', () => {
    const almost = drive([95, 20, 45, 70, 95])
    expect(lapsOf(almost, trackMeters)).toBe(0)
    expect(lapsOf(travel(almost, 3, trackMeters), trackMeters)).toBe(1)
  })

  it('gives nothing for reversing over the line and crossing it again', () => {
    const cheated = drive([95, 5, 95, 5, 95, 5, 95, 5, 95, 5])
    expect(lapsOf(cheated, trackMeters)).toBe(0)
    expect(cheated.distance).toBe(5)
  })

  it('gives nothing for a lap driven backwards', () => {
    const backwards = drive([70, 45, 20, 95, 70])
    expect(lapsOf(backwards, trackMeters)).toBe(0)
    expect(backwards.distance).toBe(-130)
    expect(lapsOf(drive([95, 20, 45, 70, 95, 5], backwards), trackMeters)).toBe(0)
  })

  it('keeps a lap that was earned when the car turns around', () => {
    const earned = drive([95, 20, 45, 70, 95, 3])
    expect(lapsOf(drive([95, 70], earned), trackMeters)).toBe(1)
  })
})
