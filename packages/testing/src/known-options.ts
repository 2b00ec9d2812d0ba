import { TestingError } from './testing-error.ts'

export interface KnownOptions {
  /** What cannot be done with an unknown one, as in `make a test place with`. */
  readonly cannot: string
  /** What the names are of; `option` when left out. */
  readonly what?: string
  readonly known: readonly string[]
}

/** Throws 'invalidOption' for a name that there is not, which would change nothing in silence. */
export function expectKnown(
  given: readonly string[],
  { cannot, what = 'option', known }: KnownOptions,
): void {
  const unknown = given.find((name) => !known.includes(name))
  if (unknown === undefined) return
  const instead = known.length === 0 ? 'There is none' : `Use any of ${known.join(', ')}`
  throw new TestingError(
    'invalidOption',
    `cannot ${cannot} "${unknown}": there is no such ${what}. ${instead}.`,
  )
}
