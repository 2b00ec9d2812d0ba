import type { Clock } from '@banyan/datamodel'

/** The heartbeat of an open channel: measures the server's clock and notices silence. */
export interface Pulse {
  /** A burst of pings, for a good first estimate of the server's clock, then one after 5 s without a frame, or 15 s without a ping. Also restarts it. */
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

/** How long the server may say nothing before it is asked, and then how long it may take to answer. */
const silenceMs = 5000
/** Where frames flow only the clock needs pings, and clocks drift slowly: each ping wakes a server for one client. */
const exchangeMs = 15_000
const burstCount = 5
const burstStepMs = 100
/** A timer that is later than this ran in a throttled or sleeping page, where frames may still wait behind it. */
const lateMs = 1000

/** Stopped until `start`. */
export function createPulse({ clock, ping, onSilence }: PulseOptions): Pulse {
  let cancel = (): void => {}
  let askedAtMs: number | null = null
  let heardAtMs = 0
  let pingedAtMs = 0

  function ask(): void {
    pingedAtMs = clock.now()
    askedAtMs ??= pingedAtMs
    ping()
  }

  function schedule(waitMs: number, burstLeft: number): void {
    const dueMs = clock.now() + waitMs
    cancel = clock.after(waitMs, () => {
      const nowMs = clock.now()
      if (nowMs - dueMs > lateMs) askedAtMs = null
      if (askedAtMs !== null && nowMs - askedAtMs >= silenceMs) return onSilence()
      const quietMs = nowMs - heardAtMs
      const isNeeded = burstLeft > 0 || quietMs >= silenceMs || nowMs - pingedAtMs >= exchangeMs
      if (!isNeeded) {
        return schedule(Math.min(silenceMs - quietMs, pingedAtMs + exchangeMs - nowMs), 0)
      }
      schedule(burstLeft > 1 ? burstStepMs : silenceMs, Math.max(0, burstLeft - 1))
      ask()
    })
  }

  return {
    start() {
      cancel()
      askedAtMs = null
      heardAtMs = clock.now()
      schedule(burstStepMs, burstCount - 1)
      ask()
    },
    stop() {
      cancel()
    },
    heard() {
      askedAtMs = null
      heardAtMs = clock.now()
    },
  }
}
