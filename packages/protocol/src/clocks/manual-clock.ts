import type { Clock } from '@banyan/datamodel'
import { createTimerQueue, type Timer } from './timer-queue.ts'

/** A clock that moves only when told to. */
export interface ManualClock extends Clock {
  /** Runs, in order of their time, the timers due within `ms`, those made meanwhile included; `now()` is each one's due time. */
  advance(ms: number): void
  /** Moves to the earliest timer that is due at `untilMs` or before and runs it; false, and nothing moves, when there is none. */
  runNext(untilMs: number): boolean
  /** When the earliest timer is due; null when none waits. */
  readonly nextMs: number | null
  /** Timers that wait; zero means that nothing would ever happen again. */
  readonly pending: number
}

/** Virtual time for tests and replays; a timer that throws ends its `advance`, and the next one goes on behind it. */
export function createManualClock({ startMs = 0 }: { readonly startMs?: number } = {}): ManualClock {
  let nowMs = startMs
  let orders = 0
  let pending = 0
  const timers = createTimerQueue()

  function add(dueMs: number, periodMs: number | null, run: () => void): () => void {
    const timer: Timer = { dueMs, periodMs, run, order: orders, isCancelled: false }
    orders += 1
    pending += 1
    timers.add(timer)
    return () => {
      if (timer.isCancelled) return
      timer.isCancelled = true
      pending -= 1
    }
  }

  /** A periodic timer goes back behind those that are due at the same time already. */
  function repeat(timer: Timer, periodMs: number): void {
    const { run } = timer
    timer.dueMs += periodMs
    timer.order = orders
    orders += 1
    timers.add(timer)
    run()
  }

  function runNext(untilMs: number): boolean {
    const timer = timers.first()
    if (timer === null || timer.dueMs > untilMs) return false
    timers.shift()
    nowMs = Math.max(nowMs, timer.dueMs)
    if (timer.periodMs === null) {
      timer.isCancelled = true
      pending -= 1
      timer.run()
    } else repeat(timer, timer.periodMs)
    return true
  }

  return {
    now: () => nowMs,
    after: (ms, run) => add(nowMs + Math.max(ms, 0), null, run),
    every(ms, run) {
      const periodMs = Math.max(ms, 1)
      return add(nowMs + periodMs, periodMs, run)
    },
    advance(ms) {
      const untilMs = nowMs + Math.max(ms, 0)
      while (runNext(untilMs));
      nowMs = Math.max(nowMs, untilMs)
    },
    runNext,
    get nextMs() {
      return timers.first()?.dueMs ?? null
    },
    get pending() {
      return pending
    },
  }
}
