/** How exactly places are told: singles bit by bit, or hundredths, which a schema may declare and text may round to. */
export type Precision = 'single' | 'centimeter'

/** The size of the work. */
export interface Workload {
  readonly clients: number
  readonly entities: number
  readonly movesPerTick: number
  readonly tickHz: number
  readonly precision: Precision
}

/** The nearest number that the precision has. */
export function roundTo(precision: Precision, value: number): number {
  return precision === 'single' ? Math.fround(value) : Math.round(value * 100) / 100
}
