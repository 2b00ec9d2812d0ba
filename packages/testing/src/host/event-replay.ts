import type { Network, NetworkEvent } from '@banyan/protocol'

/** What a network told lately, for those who begin to listen when the first lines are open already. */
export interface EventReplay extends Pick<Network, 'observe'> {
  /** Another test begins. */
  forget(): void
}

/** Joining a place takes a few events; what is older than these belongs to other tests. */
const keptCount = 1000

export function createEventReplay(network: Network): EventReplay {
  let kept: NetworkEvent[] = []
  network.observe((event) => {
    kept.push(event)
    if (kept.length > 2 * keptCount) kept = kept.slice(-keptCount)
  })
  return {
    observe(listener) {
      for (const event of kept) listener(event)
      return network.observe(listener)
    },
    forget() {
      kept = []
    },
  }
}
