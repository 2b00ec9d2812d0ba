import type { Clock, Instance } from '@banyan/datamodel'

/** One path that someone waits for. */
export interface AwaitedInstance {
  readonly promise: Promise<Instance>
  readonly isRejected: boolean
  /** Resolves when `find` finds. True when there is nothing left to wait for. */
  check(): boolean
  /** The timeout runs anew from each join, and rests otherwise. */
  setJoined(isJoined: boolean): void
  reject(error: Error): void
  /** Whether a renderer that reads the promise now is to get the same rejection, not another attempt. */
  isRepeatable(): boolean
}

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
/** A renderer comes for a rejection at once, and reads it several times in one attempt; a person's retry comes later. */
const claimMs = 1000
const repeatMs = 100

export function createAwaitedInstance(options: AwaitedInstanceOptions): AwaitedInstance {
  const { clock, timeoutMs } = options
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
    end()
  }

  function end(): void {
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
    get isRejected() {
      return rejectedAtMs !== null
    },
    check() {
      const found = options.find()
      if (found === null) return false
      settle?.resolve(found)
      end()
      return true
    },
    setJoined,
    reject,
    isRepeatable() {
      if (rejectedAtMs === null) return true
      const nowMs = clock.now()
      repeatedAtMs ??= nowMs
      return repeatedAtMs - rejectedAtMs <= claimMs && nowMs - repeatedAtMs <= repeatMs
    },
  }
}
