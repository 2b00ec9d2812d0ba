import { median } from '../harness/statistics.ts'

/** The last third of the samples as a multiple of the first: 1 is flat. NaN of fewer than three. */
export function growthOf(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3)
  return (
    median(samples.slice(samples.length - third, third === 0 ? 0 : undefined)) /
    median(samples.slice(0, third))
  )
}
