/** Randomness as a place sees it. Passed in, so that the same seed gives the same run. */
export interface Random {
  /** At least 0 and below 1; not fit for secrets. */
  next(): number
  /** Unpredictable in production, reproducible under a seed. The array belongs to the caller. */
  bytes(count: number): Uint8Array
}
