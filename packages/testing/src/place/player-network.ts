import type { Network, NetworkConditions } from '@banyan/protocol'

/** One player's own line, as a test changes it. */
export interface PlayerNetwork {
  /** What is left out stays as it is. */
  set(conditions: NetworkConditions): void
  /** Holds everything both ways, and tells nobody. */
  partition(): void
  /** Ends a partition or a block: what was held arrives, in order. */
  heal(): void
  /** Breaks the line: what is under way is lost, and both ends hear it. The client comes back by itself. */
  cut(): void
  /** Breaks the line and every attempt to connect again, until `heal`. */
  block(): void
}

/** The lines whose hello carries this name. */
export function createPlayerNetwork(network: Network, name: string): PlayerNetwork {
  return {
    set: (conditions) => network.set(name, conditions),
    partition: () => network.partition(name),
    heal: () => network.heal(name),
    cut: () => network.cut(name),
    block: () => network.block(name),
  }
}
