import type { Clock } from '@banyan/datamodel'

/** Counts and times the ticks of a place. */
export interface TickLoop {
  /** The number of the tick that runs now, or of the last one. */
  readonly tick: number
  /** How long the last tick took. */
  readonly durationMs: number
  /** Runs one tick now. */
  readonly step: () => void
  /** Runs a tick every period until stopped; a second start does nothing. */
  start(): void
  stop(): void
}

export interface TickLoopOptions {
  readonly clock: Clock
  readonly tickHz: number
  /** Gets the time since the last tick began; must not throw. */
  readonly run: (elapsedMs: number) => void
}

export function createTickLoop({ clock, tickHz, run }: TickLoopOptions): TickLoop {
  let tick = 0
  let durationMs = 0
  let lastMs = clock.now()
  let cancel: (() => void) | null = null

  function step(): void {
    const nowMs = clock.now()
    const elapsedMs = nowMs - lastMs
    lastMs = nowMs
    tick += 1
    run(elapsedMs)
    durationMs = clock.now() - nowMs
  }

  return {
    get tick() {
      return tick
    },
    get durationMs() {
      return durationMs
    },
    step,
    start() {
      if (cancel !== null) return
      lastMs = clock.now()
      cancel = clock.every(1000 / tickHz, step)
    },
    stop() {
      cancel?.()
      cancel = null
    },
  }
}
