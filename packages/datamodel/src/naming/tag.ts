import { describeValue } from '../data/value-description.ts'

/** Characters in a tag, at most. */
export const tagLengthCap = 100

/** Whether two lists have the same tags in the same order. */
export function isSameTags(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((tag, index) => tag === b[index]))
}

/** Null when a value can be a tag, else what is wrong with it. */
export function tagProblem(tag: unknown): string | null {
  if (typeof tag === 'string' && tag.length >= 1 && tag.length <= tagLengthCap) return null
  return `expected 1 to ${tagLengthCap} characters, got ${describeValue(tag)}`
}
