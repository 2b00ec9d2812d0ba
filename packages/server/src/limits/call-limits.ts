import type { Instance } from '@banyan/datamodel'
import type { Limits } from './limits.ts'
import { type Rate, TokenBucket } from './token-bucket.ts'

/** How fast one session may call. */
export interface CallLimits {
  /** Takes a token of the session and one of the remote; an unknown remote has only the session's. */
  takeCall(nowMs: number, remote: Instance | null, rate: Rate | undefined): boolean
}

export function createCallLimits(limits: Limits, nowMs: number): CallLimits {
  const session = new TokenBucket(limits.perSession, nowMs)
  // Weak, so that remotes that come and go at run time leave nothing behind.
  const byRemote = new WeakMap<Instance, TokenBucket>()
  return {
    takeCall(atMs, remote, rate = limits.perRemote) {
      if (!session.take(atMs)) return false
      if (remote === null) return true
      let bucket = byRemote.get(remote)
      if (bucket === undefined) {
        bucket = new TokenBucket(rate, atMs)
        byRemote.set(remote, bucket)
      }
      return bucket.take(atMs)
    },
  }
}
