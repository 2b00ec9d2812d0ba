/** How exactly places are told: singles bit by bit, or hundredths, which a schema may declare and text may round to. */
export type Precision = 'single' | 'centimeter'

/** The size of the work. */
export interface Workload {
  readonly clients: number
  /**
   * How many clients apply what they get; all when left out. The others read their lines to the end and drop what is
   * large: where a machine cannot decode for everyone, its server would be measured with lines that are full.
   */
  readonly applying?: number
  readonly entities: number
  readonly movesPerTick: number
  readonly tickHz: number
  readonly precision: Precision
}

/** The nearest number that the precision has. */
export function roundTo(precision: Precision, value: number): number {
  return precision === 'single' ? Math.fround(value) : Math.round(value * 100) / 100
}
