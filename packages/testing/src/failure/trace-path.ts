import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Which trace of which test it is. */
export interface TraceOrigin {
  readonly test: string
  readonly testFile?: string
  readonly seed: number
  readonly number?: number
}

const longestWords = 80

/** A path that tells tests apart: a folder for the test's file, then its name and seed. */
export function tracePathOf({ test, testFile = '', seed, number = 1 }: TraceOrigin): string {
  const which = number === 1 ? '' : `-${number}`
  return join(wordsOf(testFile), `${wordsOf(test) || 'test'}-seed-${seed}${which}.json`)
}

/** What a file's name can hold anywhere; where that loses something, some letters of a hash tell names apart. */
function wordsOf(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  if (words.length <= longestWords && !/\P{ASCII}/u.test(name)) return words
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${words.slice(0, longestWords)}-${hash}`.replaceAll(/^-/g, '')
}
