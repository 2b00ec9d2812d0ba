import type { Clock } from '@banyan/datamodel'
import { type Rate, TokenBucket } from '../limits/token-bucket.ts'
import type { Log } from './log.ts'

export interface LineLimitOptions {
  readonly log: Log
  readonly clock: Clock
  readonly rate?: Rate
}

/** A warning channel that strangers can trigger: beyond its rate, lines are left out and their number is told with the next one. */
export interface LineLimit {
  warn(line: string): void
}

export function createLineLimit({
  log,
  clock,
  rate = { perSecond: 1, burst: 10 },
}: LineLimitOptions): LineLimit {
  const bucket = new TokenBucket(rate, clock.now())
  let leftOut = 0
  return {
    warn(line) {
      if (!bucket.take(clock.now())) {
        leftOut += 1
        return
      }
      log.warn(leftOut === 0 ? line : `${line} (${leftOut} similar lines left out)`)
      leftOut = 0
    },
  }
}
