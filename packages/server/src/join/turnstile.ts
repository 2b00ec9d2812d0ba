import type { Clock } from '@banyan/datamodel'

/** What joins may take of one turn of the loop; one that has begun is never cut. */
const turnMs = 4

/**
 * Lets joins through one by one, at once as long as those before them left time in this turn of the loop, else in the
 * next turns and in their order: a crowd at the door does not keep the place from its ticks.
 */
export interface Turnstile {
  /** `run` must not throw. */
  pass(run: () => void): void
  /** Forgets who waits, and leaves no timer. */
  close(): void
}

export function createTurnstile(clock: Clock): Turnstile {
  let waiting: (() => void)[] = []
  let spentMs = 0
  let cancelTurn: (() => void) | null = null

  function go(run: () => void): void {
    const beganMs = clock.now()
    run()
    spentMs += clock.now() - beganMs
  }

  function turn(): void {
    cancelTurn = null
    spentMs = 0
    let passed = 0
    for (const run of waiting) {
      if (spentMs >= turnMs) break
      passed += 1
      go(run)
    }
    waiting = waiting.slice(passed)
    schedule()
  }

  /** Only where time passed, so that nothing is scheduled while a clock stands still. */
  function schedule(): void {
    if (cancelTurn === null && spentMs > 0) cancelTurn = clock.after(0, turn)
  }

  return {
    pass(run) {
      if (waiting.length > 0 || spentMs >= turnMs) waiting.push(run)
      else go(run)
      schedule()
    },
    close() {
      cancelTurn?.()
      cancelTurn = null
      waiting = []
    },
  }
}
