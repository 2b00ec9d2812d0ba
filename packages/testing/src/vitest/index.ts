import { onTestFailed } from 'vitest'
import { reportFailure } from '../failure/failure-report.ts'
import { createTestPlace as createPlace } from '../place/create-test-place.ts'
import type { TestPlace } from '../place/test-place.ts'
import type { TestPlaceOptions } from '../place/test-place-options.ts'

/** As `createTestPlace`, within a Vitest test: when that fails, its trace is written and the end of the timeline printed. */
export async function createTestPlace(options: TestPlaceOptions): Promise<TestPlace> {
  const place = await createPlace(options)
  onTestFailed(({ task }) => {
    const error = task.result?.errors?.[0]
    console.error(reportFailure(place, { test: task.name, error: error?.message ?? null }))
  })
  return place
}
