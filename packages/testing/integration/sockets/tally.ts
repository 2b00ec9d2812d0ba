/** What came of a stream that counts from 1: how many, and what was wrong with it. */
export interface Tally {
  readonly count: number
  /** The first few: lost, repeated, or out of order. */
  readonly faults: readonly string[]
  take(number: number): void
}

const keptFaults = 5

export function createTally(): Tally {
  let count = 0
  const faults: string[] = []
  return {
    get count() {
      return count
    },
    faults,
    take(number) {
      if (number !== count + 1 && faults.length < keptFaults) faults.push(`${number} came after ${count}`)
      count = number
    },
  }
}
