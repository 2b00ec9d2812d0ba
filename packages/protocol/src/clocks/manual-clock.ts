import type { Clock } from '@banyan/datamodel'

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /** Runs, in order of their time, the timers due within `ms`, those made meanwhile included; `now()` is each one's due time. */
  advance(ms: number): void
  /** Timers that wait; zero means that nothing would ever happen again. */
  readonly pending: number
}

interface Timer {
  dueMs: number
  /** Null for a timer that runs once. */
  readonly periodMs: number | null
  readonly run: () => void
}

/** Virtual time for tests and replays; a timer that throws ends its `advance`, and the next one goes on behind it. */
export function createManualClock({ startMs = 0 }: { readonly startMs?: number } = {}): ManualClock {
  let nowMs = startMs
  const timers = new Set<Timer>()

  const add = (timer: Timer): (() => void) => {
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }

  /** The earliest; of two with the same time, the one that was set first, since sets keep insertion order. */
  const nextTimer = (untilMs: number): Timer | null => {
    let next: Timer | null = null
    for (const timer of timers) {
      if (timer.dueMs <= untilMs && (next === null || timer.dueMs < next.dueMs)) next = timer
    }
    return next
  }

  return {
    now: () => nowMs,
    after: (ms, run) => add({ dueMs: nowMs + Math.max(ms, 0), periodMs: null, run }),
    every(ms, run) {
      const periodMs = Math.max(ms, 1)
      return add({ dueMs: nowMs + periodMs, periodMs, run })
    },
    advance(ms) {
      const untilMs = nowMs + Math.max(ms, 0)
      for (let timer = nextTimer(untilMs); timer !== null; timer = nextTimer(untilMs)) {
        nowMs = Math.max(nowMs, timer.dueMs)
        timers.delete(timer)
        if (timer.periodMs !== null) {
          timer.dueMs += timer.periodMs
          timers.add(timer)
        }
        timer.run()
      }
      nowMs = Math.max(nowMs, untilMs)
    },
    get pending() {
      return timers.size
    },
  }
}
