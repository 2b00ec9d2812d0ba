import type { Clock, Instance } from '@banyan/datamodel'

/** One path that someone waits for. */
export interface AwaitedInstance {
  readonly promise: Promise<Instance>
  readonly state: 'pending' | 'fulfilled' | 'rejected'
  /** Resolves when `find` finds; true when it just did. */
  check(): boolean
  /** The timeout runs anew from each join, and rests otherwise. */
  setJoined(isJoined: boolean): void
  reject(error: Error): void
  /** Whether a renderer that reads the promise now is to get the same rejection, not another attempt. */
  isRepeatable(): boolean
}

/** What to look for, and for how long. */
export interface AwaitedInstanceOptions {
  readonly clock: Clock
  readonly timeoutMs: number | null
  readonly isJoined: boolean
  find(): Instance | null
  timeoutError(): Error
  /** Called once, when it has waited for 5 s without a timeout. */
  warn(): void
}

const warnAfterMs = 5000
/** A renderer comes back soon after a promise has settled. */
const claimMs = 1000
/** It reads a rejection several times within one attempt; a person's retry comes later. */
const repeatMs = 100

/** Begins to wait; the caller checks when something may have changed. */
export function createAwaitedInstance(options: AwaitedInstanceOptions): AwaitedInstance {
  const { clock, timeoutMs } = options
  let state: AwaitedInstance['state'] = 'pending'
  let settle: { resolve(found: Instance): void; reject(error: Error): void } | null = null
  let rejectedAtMs: number | null = null
  let repeatedAtMs: number | null = null
  let cancelTimeout = (): void => {}
  const cancelWarning = timeoutMs === null ? clock.after(warnAfterMs, () => options.warn()) : () => {}
  const promise = new Promise<Instance>((resolve, reject) => {
    settle = { resolve, reject }
  })
  // Whoever waits hears of a rejection; that nobody waits any more is no fault.
  promise.catch(() => {})

  function reject(error: Error): void {
    if (settle === null) return
    rejectedAtMs = clock.now()
    settle.reject(error)
    end('rejected')
  }

  function end(next: 'fulfilled' | 'rejected'): void {
    state = next
    settle = null
    cancelWarning()
    cancelTimeout()
  }

  function setJoined(isJoined: boolean): void {
    cancelTimeout()
    if (!isJoined || timeoutMs === null || settle === null) return
    cancelTimeout = clock.after(timeoutMs, () => reject(options.timeoutError()))
  }

  setJoined(options.isJoined)
  return {
    promise,
    get state() {
      return state
    },
    check() {
      const found = settle === null ? null : options.find()
      if (found === null) return false
      settle?.resolve(found)
      end('fulfilled')
      return true
    },
    setJoined,
    reject,
    isRepeatable() {
      if (rejectedAtMs === null) return state === 'pending'
      const nowMs = clock.now()
      repeatedAtMs ??= nowMs
      return repeatedAtMs - rejectedAtMs <= claimMs && nowMs - repeatedAtMs <= repeatMs
    },
  }
}
