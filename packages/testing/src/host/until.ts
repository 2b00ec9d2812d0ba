import { createSystemClock } from '@banyan/protocol'
import { TestingError } from '../testing-error.ts'
import { watchHappenings } from './happenings.ts'
import type { HostTime } from './host-time.ts'

/** How long something may take that does happen. */
const untilMs = 20_000
const stepMs = 10

export type Until = (
  what: string,
  condition: () => boolean,
  options?: { readonly limitMs?: number },
) => Promise<void>

/** Waits in a host's time; `beforeLook` runs before each look at the condition. */
export function createUntil(time: HostTime, beforeLook: () => void): Until {
  const ceiling = time.movesInWaiting ? time.clock : createSystemClock()
  return async (what, condition, { limitMs = untilMs } = {}) => {
    const happenings = watchHappenings()
    const endMs = ceiling.now() + limitMs
    try {
      for (;;) {
        const isLate = ceiling.now() >= endMs
        beforeLook()
        if (condition()) return
        if (isLate) break
        await (time.movesInWaiting ? time.pass(stepMs) : happenings.next())
      }
    } finally {
      happenings.stop()
    }
    throw new TestingError(
      'didNotHappen',
      `it did not happen within ${limitMs} ms of ${time.movesInWaiting ? 'virtual' : 'real'} time: ${what}. Check the condition, or allow more with limitMs.`,
    )
  }
}
