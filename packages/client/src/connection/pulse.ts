import type { Clock } from '@banyan/datamodel'

/** The heartbeat of an open channel: measures the server's clock and notices silence. */
export interface Pulse {
  /** A burst of pings, for a good first estimate of the server's clock, then one every 5 s. Also restarts it. */
  start(): void
  stop(): void
  /** Any frame shows that the server is there. */
  heard(): void
}

/** What to do at each beat, and when none is answered. */
export interface PulseOptions {
  readonly clock: Clock
  readonly ping: () => void
  /** Called at most once per start. */
  readonly onSilence: () => void
}

const intervalMs = 5000
const burstCount = 5
const burstStepMs = 100
/** A timer that is later than this ran in a throttled or sleeping page, where frames may still wait behind it. */
const lateMs = 1000

/** Stopped until `start`. */
export function createPulse({ clock, ping, onSilence }: PulseOptions): Pulse {
  let cancel = (): void => {}
  let askedAtMs: number | null = null

  function ask(): void {
    askedAtMs ??= clock.now()
    ping()
  }

  function schedule(burstLeft: number): void {
    const waitMs = burstLeft > 0 ? burstStepMs : intervalMs
    const dueMs = clock.now() + waitMs
    cancel = clock.after(waitMs, () => {
      const nowMs = clock.now()
      if (nowMs - dueMs > lateMs) askedAtMs = null
      if (askedAtMs !== null && nowMs - askedAtMs >= intervalMs) return onSilence()
      schedule(Math.max(0, burstLeft - 1))
      ask()
    })
  }

  return {
    start() {
      cancel()
      askedAtMs = null
      schedule(burstCount - 1)
      ask()
    },
    stop() {
      cancel()
    },
    heard() {
      askedAtMs = null
    },
  }
}
