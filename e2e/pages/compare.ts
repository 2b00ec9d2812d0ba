/** What `toSee` and `toEqual` accept in place of a value. */
interface Comparison {
  asymmetricMatch(value: unknown): boolean
  toString(): string
}

/** Any number below that one. */
export function below(limit: number): Comparison {
  return {
    asymmetricMatch: (value) => typeof value === 'number' && value < limit,
    toString: () => `a number below ${limit}`,
  }
}

/** Any number above that one. */
export function above(limit: number): Comparison {
  return {
    asymmetricMatch: (value) => typeof value === 'number' && value > limit,
    toString: () => `a number above ${limit}`,
  }
}
