import type { TestPlace } from '../place/test-place.ts'
import type { Checks } from '../place/test-place-options.ts'
import { TestingError } from '../testing-error.ts'

/** The checks of a trial's place; what is logged is left to `endTrial`, for who writes a trial has no place to ask. */
export function checksOf(checks: Partial<Checks> = {}): Partial<Checks> {
  return { ...checks, logged: false }
}

/** Ends the place. Throws what its checks find, and 'logged' for what was logged, which comes first: it tells more. */
export async function endTrial(
  place: TestPlace,
  { logged: isChecked = true }: Partial<Checks> = {},
): Promise<void> {
  const ending = await Promise.allSettled([place[Symbol.asyncDispose]()])
  const found = ending.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []))
  const logged = isChecked ? place.takeLogged().map(loggedProblem) : []
  const [problem] = found
  if (logged.length === 0 && problem === undefined) return
  if (logged.length === 0) throw problem
  const others = problem instanceof Error ? [problem.message] : []
  throw new TestingError('logged', [...logged, ...others].join('\n'), { cause: problem })
}

function loggedProblem(line: string): string {
  return `logged: ${line}\n  Where the game means it, play the trial with checks: { logged: false }.`
}
