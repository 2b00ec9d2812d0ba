import { createSystemClock } from '@banyan/protocol'
import { TestingError } from '../testing-error.ts'
import { watchHappenings } from './happenings.ts'
import type { HostTime } from './host-time.ts'

/** How long something may take that does happen. */
const defaultLimitMs = 20_000
const stepMs = 10

export type Until = (
  what: string,
  condition: () => boolean,
  options?: { readonly limitMs?: number },
) => Promise<void>

/**
 * Waits until the condition holds, which is looked at whenever something has happened in this process: bytes that came,
 * a connection, a close, a timer. Throws 'didNotHappen', naming it, after 20 s. For sockets without a test host.
 */
export const until: Until = async (what, condition, { limitMs = defaultLimitMs } = {}) => {
  expectLimit(limitMs)
  const { now } = createSystemClock()
  const happenings = watchHappenings()
  try {
    for (const endMs = now() + limitMs; !condition(); await happenings.next()) {
      if (now() >= endMs) throw didNotHappen(what, `${limitMs} ms of real time`)
    }
  } finally {
    happenings.stop()
  }
}

/** The same in virtual time that moves meanwhile. */
export function untilIn({ clock, pass }: Pick<HostTime, 'clock' | 'pass'>): Until {
  return async (what, condition, { limitMs = defaultLimitMs } = {}) => {
    expectLimit(limitMs)
    for (const endMs = clock.now() + limitMs; !condition(); await pass(stepMs)) {
      if (clock.now() >= endMs) throw didNotHappen(what, `${limitMs} ms of virtual time`)
    }
  }
}

function expectLimit(limitMs: number): void {
  if (limitMs >= 0 && limitMs < Number.POSITIVE_INFINITY) return
  throw new TestingError(
    'invalidOption',
    `cannot wait for at most ${limitMs} ms: that would be for ever. Pass a number of milliseconds.`,
  )
}

function didNotHappen(what: string, limit: string): TestingError {
  return new TestingError(
    'didNotHappen',
    `it did not happen within ${limit}: ${what}. Check the condition, or allow more with limitMs.`,
  )
}
