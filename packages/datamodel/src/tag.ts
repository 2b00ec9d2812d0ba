import { describeValue } from './value-description.ts'

/** Characters in a tag, at most. */
export const tagLengthCap = 100

/** Null when a value can be a tag, else what is wrong with it. */
export function tagProblem(tag: unknown): string | null {
  if (typeof tag === 'string' && tag.length >= 1 && tag.length <= tagLengthCap) return null
  return `expected 1 to ${tagLengthCap} characters, got ${describeValue(tag)}`
}
