import type { Random } from '@banyan/datamodel'

/** Ceiling of the first delay; each later one doubles it up to the cap. */
interface Ceilings {
  readonly firstMs: number
  readonly capMs: number
}

/** For a line that is lost. */
const lost: Ceilings = { firstMs: 250, capMs: 5000 }

/** For a server that answers, and has nothing for this page: many pages may ask for as long as nobody loads them anew. */
export const refused: Ceilings = { firstMs: 1000, capMs: 60_000 }

/** The delay before attempt `attempt` (from 1): at least half its ceiling, the rest random, so that a crowd spreads out. */
export function backoffMs(attempt: number, random: Random, { firstMs, capMs } = lost): number {
  const ceiling = Math.min(capMs, firstMs * 2 ** (attempt - 1))
  return ceiling * (0.5 + random.next() / 2)
}
