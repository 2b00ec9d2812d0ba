import type { Clock, Random } from '@banyan/datamodel'
import type { Flap } from './conditions.ts'

export interface FlapOptions {
  readonly clock: Clock
  readonly random: Random
  readonly flap: Flap
  /** Hears each turn. */
  onTurn(isDown: boolean): void
}

/** Alternates until the returned function is called; begins whole, and does not tell the end as a turn. */
export function startFlap({ clock, random, flap, onTurn }: FlapOptions): () => void {
  let cancel = wait(false)

  function wait(isDown: boolean): () => void {
    const [leastMs, mostMs] = isDown ? flap.downMs : flap.upMs
    return clock.after(leastMs + random.next() * (mostMs - leastMs), () => {
      cancel = wait(!isDown)
      onTurn(!isDown)
    })
  }

  return () => cancel()
}
