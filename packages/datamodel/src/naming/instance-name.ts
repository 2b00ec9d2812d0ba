import { describeValue } from '../data/value-description.ts'

/** Characters in an instance's name, at most. */
export const instanceNameLengthCap = 100

/** Null when a value can be an instance's name, else what is wrong with it. */
export function instanceNameProblem(name: unknown): string | null {
  if (typeof name === 'string' && name.length <= instanceNameLengthCap) return null
  return `expected a string of at most ${instanceNameLengthCap} characters, got ${describeValue(name)}`
}
