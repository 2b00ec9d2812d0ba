/** What came of a stream that counts from 1. */
export interface Tally {
  /** The last number that came. */
  readonly count: number
  /** How many were passed over. */
  readonly missing: number
  /** How many came again, or too late. */
  readonly repeated: number
  take(number: number): void
}

export function createTally(): Tally {
  let [count, missing, repeated] = [0, 0, 0]
  return {
    get count() {
      return count
    },
    get missing() {
      return missing
    },
    get repeated() {
      return repeated
    },
    take(number) {
      if (number <= count) {
        repeated += 1
        return
      }
      missing += number - count - 1
      count = number
    },
  }
}
