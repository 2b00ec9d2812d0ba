/** Time as a place sees it. Passed in, so that any place runs under a virtual clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch, fractional, never going backwards. */
  now(): number
  /** Calls once after at least `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void
  /** Calls every `ms` until the returned function is called; a late call is not made up for. */
  every(ms: number, run: () => void): () => void
}
