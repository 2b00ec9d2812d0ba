import type { WaitingTimer } from '../time/timer-ledger.ts'

/** One sentence for each: a timer that outlives its place runs into the next test. */
export function leftTimers(waiting: readonly WaitingTimer[], nowMs: number): readonly string[] {
  return waiting.map(
    ({ owner, dueMs, where }) =>
      `a timer of ${owner} still waits, due in ${Math.round(dueMs - nowMs)} ms; it was set ${where}. Cancel it, in a script by what the script returns.`,
  )
}
