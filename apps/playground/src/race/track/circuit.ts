import { createTrack } from './layout.ts'

/** The world that every screen shows whole, in meters. */
export const world = { width: 240, height: 160 } as const

/** The one course of the race, clockwise, with the finish line on the lower straight. */
export const circuit = createTrack({
  roadHalfWidth: 8,
  railHalfWidth: 11,
  spacingMeters: 1.5,
  corners: [
    { x: 233, y: 143, radius: 21 },
    { x: 5, y: 143, radius: 26 },
    { x: 38, y: 78, radius: 34 },
    { x: 6, y: 17, radius: 24 },
    { x: 104, y: 17, radius: 24 },
    { x: 92, y: 100, radius: 22 },
    { x: 152, y: 92, radius: 22 },
    { x: 140, y: 17, radius: 22 },
    { x: 225, y: 17, radius: 26 },
    { x: 225, y: 68, radius: 22 },
    { x: 172, y: 84, radius: 18 },
  ],
})
