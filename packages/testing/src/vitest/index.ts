import { expect, onTestFailed, onTestFinished } from 'vitest'
import { reportFailure } from '../failure/failure-report.ts'
import { openTestPlace } from '../place/create-test-place.ts'
import type { TestPlace } from '../place/test-place.ts'
import type { TestPlaceOptions } from '../place/test-place-options.ts'
import { TestingError } from '../testing-error.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** How many traces of this test were written. */
    banyanTraces?: number
  }
}

/**
 * As `createTestPlace`, within a Vitest test. When the test fails, its trace is written and the end of the timeline
 * printed. What the checks at the end find fails the test beside its own errors, and hides none of them. A test that
 * does not end its place fails, and leaves nothing to the tests after it.
 */
export async function createTestPlace(options: TestPlaceOptions): Promise<TestPlace> {
  const { place, abandon } = await openTestPlace(options)
  const end = place[Symbol.asyncDispose]
  onTestFailed(({ task }) => {
    const error = task.result?.errors?.[0]?.message ?? null
    const number = (task.meta.banyanTraces ?? 0) + 1
    task.meta.banyanTraces = number
    console.error(reportFailure(place, { test: task.fullTestName, testFile: task.file.name, number, error }))
  })
  onTestFinished(async ({ task }) => {
    if (place.hasEnded) return
    await abandon()
    throw new TestingError('notEnded', task.result?.state === 'fail' ? stillInside : notEnded)
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

const notEnded =
  'this test did not end its test place, so nothing was checked. Write `await using place = await createTestPlace(…)`.'

/** What a test awaited that never came. */
const stillInside =
  'the test ended inside its test place, where time stands still until the test lets it pass. What waits for an answer awaits it after place.tick() or place.advance(ms).'
