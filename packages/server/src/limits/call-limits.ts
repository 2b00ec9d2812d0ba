import type { Instance } from '@banyan/datamodel'
import type { Limits } from './limits.ts'
import { type Rate, TokenBucket } from './token-bucket.ts'

/** How fast one session may call. */
export class CallLimits {
  readonly #limits: Limits
  readonly #session: TokenBucket
  /** Weak, so that remotes that come and go at run time leave nothing behind; null until the first call. */
  #byRemote: WeakMap<Instance, TokenBucket> | null = null

  constructor(limits: Limits, nowMs: number) {
    this.#limits = limits
    this.#session = new TokenBucket(limits.perSession, nowMs)
  }

  /** Takes a token of the session and one of the remote; an unknown remote has only the session's. */
  takeCall(atMs: number, remote: Instance | null, rate: Rate = this.#limits.perRemote): boolean {
    if (!this.#session.take(atMs)) return false
    if (remote === null) return true
    this.#byRemote ??= new WeakMap()
    let bucket = this.#byRemote.get(remote)
    if (bucket === undefined) {
      bucket = new TokenBucket(rate, atMs)
      this.#byRemote.set(remote, bucket)
    }
    return bucket.take(atMs)
  }
}
