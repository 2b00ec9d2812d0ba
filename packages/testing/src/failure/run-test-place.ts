import { createTestPlace } from '../place/create-test-place.ts'
import type { TestPlace } from '../place/test-place.ts'
import type { TestPlaceOptions } from '../place/test-place-options.ts'
import { TestingError } from '../testing-error.ts'
import { type FailureReportOptions, reportFailure } from './failure-report.ts'

/** A test place, and where its trace goes should it fail. */
export interface RunTestPlaceOptions
  extends TestPlaceOptions,
    Partial<Pick<FailureReportOptions, 'folder' | 'test'>> {}

/**
 * Runs a test on a place of its own, for runners without hooks for failures. What the test or the checks at its end
 * throw is thrown as 'failed', with the trace's file and the end of the timeline in the message and the error as cause.
 */
export async function runTestPlace(
  { folder, test = 'test', ...options }: RunTestPlaceOptions,
  body: (place: TestPlace) => Promise<void>,
): Promise<void> {
  const place = await createTestPlace(options)
  try {
    await body(place)
    await place[Symbol.asyncDispose]()
  } catch (error) {
    const report = reportFailure(place, { test, error, ...(folder === undefined ? {} : { folder }) })
    const message = error instanceof Error ? error.message : String(error)
    throw new TestingError('failed', `${message}\n${report}`, { cause: error })
  } finally {
    // A second time it does nothing; after a failure its checks would only repeat that.
    await place[Symbol.asyncDispose]().catch(() => {})
  }
}
