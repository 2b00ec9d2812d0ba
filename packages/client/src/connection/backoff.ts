import type { Random } from '@banyan/datamodel'

/** Ceiling of the first delay; each later one doubles it up to the cap. */
const firstMs = 250
const capMs = 5000

/** The delay before attempt `attempt` (from 1): at least half its ceiling, the rest random, so that a crowd spreads out. */
export function backoffMs(attempt: number, random: Random): number {
  const ceiling = Math.min(capMs, firstMs * 2 ** (attempt - 1))
  return ceiling * (0.5 + random.next() / 2)
}
