/** Marks every Instance, so that leaf modules recognize one without importing the class. */
export const instanceBrand: unique symbol = Symbol.for('banyan.instance')

/** What leaf modules know of an Instance. */
export interface Branded {
  readonly [instanceBrand]: true
}

/** Whether a value is an Instance of any place. */
export function isBranded(value: unknown): value is Branded {
  return typeof value === 'object' && value !== null && instanceBrand in value
}
