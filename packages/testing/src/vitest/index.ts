import { expect, onTestFailed } from 'vitest'
import { reportFailure } from '../failure/failure-report.ts'
import { createTestPlace as createPlace } from '../place/create-test-place.ts'
import type { TestPlace } from '../place/test-place.ts'
import type { TestPlaceOptions } from '../place/test-place-options.ts'

/**
 * As `createTestPlace`, within a Vitest test. When the test fails, its trace is written and the end of the timeline
 * printed. What the checks at the end find fails the test beside its own errors, and hides none of them.
 */
export async function createTestPlace(options: TestPlaceOptions): Promise<TestPlace> {
  const place = await createPlace(options)
  const end = place[Symbol.asyncDispose]
  onTestFailed(({ task }) => {
    const error = task.result?.errors?.[0]?.message ?? null
    console.error(reportFailure(place, { test: task.name, error }))
  })
  return Object.assign(Object.create(place, {}) as TestPlace, {
    async [Symbol.asyncDispose]() {
      let found: unknown = null
      await end().catch((error: unknown) => {
        found = error
      })
      expect.extend({ toHaveEndedWell: judge })
      ;(expect.soft(found) as unknown as { toHaveEndedWell(): void }).toHaveEndedWell()
    },
  })
}

function judge(found: unknown): { pass: boolean; message: () => string } {
  return { pass: found === null, message: () => (found instanceof Error ? found.message : String(found)) }
}
