/** A place on the starting grid: meters behind the line, and meters to the right of the center line. */
export interface GridSlot {
  readonly behindLine: number
  readonly aside: number
}

/** Two lanes, staggered; slot 0 is nearest to the line. */
export function gridSlot(slot: number): GridSlot {
  return { behindLine: 8 + slot * 8.5, aside: slot % 2 === 0 ? -3.8 : 3.8 }
}
