/** What the test kit refuses. */
export type TestingErrorCode =
  | 'absent'
  | 'counterexample'
  | 'didNotHappen'
  | 'diverged'
  | 'failed'
  | 'invalidOption'
  | 'invalidTrace'
  | 'leaked'
  | 'logged'
  | 'notAwaited'
  | 'notEnded'
  | 'otherDefinition'
  | 'noDoor'
  | 'pageClosed'
  | 'placeEnded'
  | 'realClock'
  | 'realTime'
  | 'refused'
  | 'trialFailed'
  | 'undescribedSchema'
  | 'unknownClass'
  | 'unknownPlace'
  | 'unknownPlayer'
  | 'unsatisfiable'

/** Thrown for wrong use of the kit, and for what its checks find at the end of a test. */
export class TestingError extends Error {
  override readonly name = 'TestingError'
  readonly code: TestingErrorCode

  constructor(code: TestingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An 'unknownPlayer', which names those who are known. */
export function unknownPlayer(
  name: string,
  { known, advice }: { readonly known: Iterable<string>; readonly advice: string },
): TestingError {
  const there = [...known].map((each) => `"${each}"`).join(', ')
  const why = there === '' ? 'there is nobody' : `there is only ${there}`
  return new TestingError('unknownPlayer', `cannot find player "${name}": ${why}. ${advice}`)
}
