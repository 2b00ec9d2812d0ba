import type { Clock } from '@banyan/datamodel'
import { isolate, type Report } from '../isolation.ts'

/** What joins of a place may take of one turn of the loop; one that has begun is never cut. */
const turnMs = 4

/**
 * Lets joins through one by one, at once as long as those before them left time in this turn of the loop, else in the
 * next turns and in their order: a crowd at the door does not keep the place from its ticks.
 */
export interface Turnstile {
  /** What `run` throws is reported, and costs nobody else their turn. */
  pass(run: () => void): void
  /** Lets nobody through any more, and leaves no timer. */
  close(): void
}

export interface TurnstileOptions {
  readonly clock: Clock
  readonly report: Report
}

export function createTurnstile({ clock, report }: TurnstileOptions): Turnstile {
  const waiting: (() => void)[] = []
  let spentMs = 0
  let isClosed = false
  let cancelTurn: (() => void) | null = null

  function go(run: () => void): void {
    const beganMs = clock.now()
    isolate('join', report, run)
    // A clock may be set back.
    spentMs += Math.max(0, clock.now() - beganMs)
  }

  function turn(): void {
    cancelTurn = null
    spentMs = 0
    while (spentMs < turnMs) {
      const run = waiting.shift()
      if (run === undefined) break
      go(run)
    }
    schedule()
  }

  /** Only where time passed, so that nothing is scheduled while a clock stands still. */
  function schedule(): void {
    if (cancelTurn === null && spentMs > 0 && !isClosed) cancelTurn = clock.after(0, turn)
  }

  return {
    pass(run) {
      if (isClosed) return
      if (waiting.length > 0 || spentMs >= turnMs) waiting.push(run)
      else go(run)
      schedule()
    },
    close() {
      isClosed = true
      waiting.length = 0
      cancelTurn?.()
      cancelTurn = null
    },
  }
}
