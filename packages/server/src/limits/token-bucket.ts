/** How often something may happen: on average, and at most at once. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** Starts full; costs two numbers and no timer. */
export class TokenBucket {
  private readonly rate: Rate
  private tokens: number
  private updatedMs: number

  constructor(rate: Rate, nowMs: number) {
    this.rate = rate
    this.tokens = rate.burst
    this.updatedMs = nowMs
  }

  /** Takes one token, or as many as are told, or returns false and leaves the bucket as it is. */
  take(nowMs: number, count = 1): boolean {
    const elapsedMs = Math.max(0, nowMs - this.updatedMs)
    this.updatedMs = nowMs
    this.tokens = Math.min(this.rate.burst, this.tokens + (elapsedMs * this.rate.perSecond) / 1000)
    if (this.tokens < count) return false
    this.tokens -= count
    return true
  }
}
