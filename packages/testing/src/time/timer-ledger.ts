import type { Clock } from '@banyan/datamodel'
import { rememberCallSite, whereOf } from './call-site.ts'

/** A timer that was set and has neither run nor been cancelled. */
export interface WaitingTimer {
  readonly owner: string
  readonly dueMs: number
  /** The line of code that set it. */
  readonly where: string
}

/** Who set which timers of a clock. */
export interface TimerLedger {
  clockOf(owner: string): Clock
  waiting(): readonly WaitingTimer[]
}

interface Entry {
  readonly owner: string
  /** Of a timer that repeats, the next time. */
  dueMs: number
  readonly site: Error
}

/** Costs one short stack per timer; it is turned into text only for those that are asked about. */
export function createTimerLedger(clock: Clock): TimerLedger {
  const entries = new Set<Entry>()

  function enter(owner: string, ms: number): Entry {
    const entry = { owner, dueMs: clock.now() + ms, site: rememberCallSite() }
    entries.add(entry)
    return entry
  }

  return {
    clockOf: (owner) => ({
      now: clock.now,
      after(ms, run) {
        const entry = enter(owner, ms)
        const cancel = clock.after(ms, () => {
          entries.delete(entry)
          run()
        })
        return () => {
          entries.delete(entry)
          cancel()
        }
      },
      every(ms, run) {
        const entry = enter(owner, ms)
        const cancel = clock.every(ms, () => {
          entry.dueMs = clock.now() + ms
          run()
        })
        return () => {
          entries.delete(entry)
          cancel()
        }
      },
    }),
    waiting: () => [...entries].map(({ owner, dueMs, site }) => ({ owner, dueMs, where: whereOf(site) })),
  }
}
