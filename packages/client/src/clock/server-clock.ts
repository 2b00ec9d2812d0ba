import type { Clock } from '@banyan/datamodel'

/** One exchange with the server; `sentMs` and `receivedMs` are this client's clock. */
export interface ClockSample {
  readonly sentMs: number
  readonly serverMs: number
  readonly receivedMs: number
}

/** The server's time as this client estimates it. */
export interface ServerClock {
  /** Milliseconds since the Unix epoch on the server's clock; never goes backwards between two `reset` calls. */
  readonly now: () => number
  /** Round trip of the best exchange of the window; null before the first. */
  readonly roundTripMs: number | null
  /** Begins by a greeting, unless it runs already: the server may have taken its time for it, so it is no sample. */
  begin(greeting: ClockSample): void
  addSample(sample: ClockSample): void
  /** Something that the server stamped has come: it cannot be earlier there. Steps forward where the estimate is behind. */
  hear(serverMs: number): void
  /** Forgets the exchanges but not the time: another channel has other delays. */
  clearWindow(): void
  /** Forgets everything: another server may have another time. */
  reset(): void
}

/** Exchanges that compete for the shortest round trip; at one in 15 s the window spans two minutes, in which clocks drift by few milliseconds. */
const windowSize = 8
/** Exchanges after which the estimate is good enough to be only slewed. */
const settledAfter = 5
const slewRate = 0.005
const unsettledRate = 0.5
/** What is allowed for a greeting's way down at most: rather late for a moment than ahead, which takes time to undo. */
const greetingMs = 100
/** An error beyond this is no drift: the machine slept, or a clock was set. */
const jumpMs = 250

/** Before it begins it runs with the client's own clock. */
export function createServerClock(clock: Clock): ServerClock {
  let samples: { readonly roundTripMs: number; readonly offsetMs: number }[] = []
  let sampleCount = 0
  let isRunning = false
  // The output is `anchorOut` plus the time since `anchorAt`, bent towards `clock.now() + offsetMs` at most at `rate`.
  let anchorAt = 0
  let anchorOut = 0
  let offsetMs = 0
  let rate = 0

  function best(): { readonly roundTripMs: number; readonly offsetMs: number } | null {
    let found = samples[0] ?? null
    for (const sample of samples) if (found === null || sample.roundTripMs < found.roundTripMs) found = sample
    return found
  }

  function at(localMs: number): number {
    const elapsed = localMs - anchorAt
    const error = localMs + offsetMs - (anchorOut + elapsed)
    const bend = elapsed * rate
    return anchorOut + elapsed + Math.max(-bend, Math.min(bend, error))
  }

  function adopt(nextOffsetMs: number): void {
    const localMs = clock.now()
    const shown = isRunning ? at(localMs) : null
    offsetMs = nextOffsetMs
    const error = localMs + offsetMs - (shown ?? 0)
    const isCoarse = sampleCount <= settledAfter || Math.abs(error) > jumpMs
    anchorAt = localMs
    // Backwards is never a step: the clock runs at half speed until the truth has caught up.
    anchorOut = shown === null || (isCoarse && error > 0) ? localMs + offsetMs : shown
    rate = isCoarse ? unsettledRate : slewRate
    isRunning = true
  }

  return {
    now() {
      const localMs = clock.now()
      return isRunning ? at(localMs) : localMs
    },
    get roundTripMs() {
      return best()?.roundTripMs ?? null
    },
    begin({ sentMs, serverMs, receivedMs }) {
      const wayMs = Math.max(0, receivedMs - sentMs) / 2
      if (!isRunning) adopt(serverMs + Math.min(wayMs, greetingMs) - receivedMs)
    },
    addSample({ sentMs, serverMs, receivedMs }) {
      const roundTripMs = Math.max(0, receivedMs - sentMs)
      samples.push({ roundTripMs, offsetMs: serverMs - sentMs - roundTripMs / 2 })
      if (samples.length > windowSize) samples.shift()
      sampleCount += 1
      adopt(best()?.offsetMs ?? offsetMs)
    },
    hear(serverMs) {
      const localMs = clock.now()
      if (!isRunning || at(localMs) >= serverMs) return
      anchorAt = localMs
      anchorOut = serverMs
      offsetMs = Math.max(offsetMs, serverMs - localMs)
    },
    clearWindow() {
      samples = []
    },
    reset() {
      samples = []
      sampleCount = 0
      isRunning = false
    },
  }
}
