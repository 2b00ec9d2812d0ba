import type { Clock } from '@banyan/datamodel'

/** The clock of a page, whose timers browsers hold back while nobody sees it. */
export interface TabClock extends Clock {
  readonly isHidden: boolean
  hide(): void
  /** What was held back runs at once. */
  show(): void
}

/** Chromium lets the timers of a hidden page run once a second, and once a minute when it was hidden for five. */
const hiddenStepMs = 1000
const longHiddenStepMs = 60_000
const longHiddenMs = 5 * 60_000

/** The figures are Chromium's: https://developer.chrome.com/blog/timer-throttling-in-chrome-88. */
export function createTabClock(clock: Clock): TabClock {
  let hiddenSinceMs: number | null = null
  /** Timers whose time came while the page was hidden. */
  const held = new Set<() => void>()

  /** How long the page holds back a timer that is due now. */
  function heldMs(): number {
    if (hiddenSinceMs === null) return 0
    const nowMs = clock.now()
    const stepMs = nowMs - hiddenSinceMs >= longHiddenMs ? longHiddenStepMs : hiddenStepMs
    return Math.ceil(nowMs / stepMs) * stepMs - nowMs
  }

  function at(dueMs: number, run: () => void): () => void {
    let cancel = clock.after(dueMs - clock.now(), due)
    function due(): void {
      const waitMs = heldMs()
      if (waitMs === 0) return runNow()
      held.add(runNow)
      cancel = clock.after(waitMs, runNow)
    }
    function runNow(): void {
      stop()
      run()
    }
    function stop(): void {
      held.delete(runNow)
      cancel()
    }
    return stop
  }

  return {
    now: clock.now,
    after: (ms, run) => at(clock.now() + Math.max(ms, 0), run),
    every(ms, run) {
      const periodMs = Math.max(ms, 1)
      let dueMs = clock.now() + periodMs
      let cancel = at(dueMs, tick)
      function tick(): void {
        dueMs += periodMs * (Math.floor((clock.now() - dueMs) / periodMs) + 1)
        cancel = at(dueMs, tick)
        run()
      }
      return () => cancel()
    },
    get isHidden() {
      return hiddenSinceMs !== null
    },
    hide() {
      hiddenSinceMs ??= clock.now()
    },
    show() {
      hiddenSinceMs = null
      for (const run of [...held]) run()
    },
  }
}
