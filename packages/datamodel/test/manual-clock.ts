import type { Clock } from '../src/clock.ts'

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /** Runs what is due within `ms`, in order of time. */
  advance(ms: number): void
  /** Timers that wait. */
  readonly pending: number
}

interface Timer {
  readonly dueMs: number
  readonly run: () => void
}

/** Virtual time without repetition: nothing in the tree asks for `every`. */
export function createManualClock(): ManualClock {
  let nowMs = 0
  const timers = new Set<Timer>()
  return {
    now: () => nowMs,
    after(ms, run) {
      const timer = { dueMs: nowMs + ms, run }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    every() {
      throw new TypeError('the tree repeats nothing')
    },
    advance(ms) {
      nowMs += ms
      const due = [...timers].filter(({ dueMs }) => dueMs <= nowMs)
      for (const timer of due.sort((a, b) => a.dueMs - b.dueMs)) {
        if (timers.delete(timer)) timer.run()
      }
    },
    get pending() {
      return timers.size
    },
  }
}
