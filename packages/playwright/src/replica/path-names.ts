import type { Path } from '@banyan/client'
import { TestingError } from '@banyan/testing'

/** The names of a path, from below the DataModel. Throws 'invalidOption' for what is no path. */
export function pathNames(path: Path): readonly string[] {
  // As an unknown value: it may come from plain JavaScript.
  const given: unknown = path
  if (typeof given === 'string') return given.split('.')
  if (Array.isArray(given) && given.every((name) => typeof name === 'string')) return given
  throw new TestingError(
    'invalidOption',
    `cannot follow ${String(given)}: it is no path. Pass names with dots between them, or a list of names.`,
  )
}
