import type { Clock } from '@banyan/datamodel'
import type { ServerTransport } from '../transports/transport.ts'
import type { NetworkConditions, SettledConditions } from './conditions.ts'
import type { NetworkEvent } from './network-event.ts'

/** A bad network at will, the same for the same seed. Without conditions it changes nothing and sets no timer. */
export interface Network {
  /** Puts the server's end of a transport behind this network, which then serves both directions. */
  wrap(transport: ServerTransport): ServerTransport
  /** Frames already on their way keep their time. Throws ProtocolError 'invalidConditions'. */
  set(player: string, conditions: NetworkConditions): void
  /** For everyone, over what was set before, and for those who join later. */
  setForAll(conditions: NetworkConditions): void
  /** Frozen; a player who never came has those that were set for all. */
  conditionsOf(player: string): SettledConditions
  /** Holds everything both ways, in silence. */
  partition(player: string): void
  /** Ends a partition, whose frames arrive, and a block. */
  heal(player: string): void
  /** Breaks the player's lines: what is under way is lost, and both ends hear it. The client may connect again. */
  cut(player: string): void
  /** Cuts, and closes every attempt as soon as it says hello, until `heal`. */
  block(player: string): void
  /** No conditions for anyone; whatever is under way or held arrives now. */
  clear(): void
  /** Frames and closes that will arrive by themselves; those that a partition holds will not. */
  readonly underWay: number
  /** Calls for each event, in order; the returned function ends it. Whoever listens must not throw. */
  observe(listener: (event: NetworkEvent) => void): () => void
  /** Cancels its timers, cuts the lines that something is under way on, and leaves the others without conditions for good. */
  close(): void
}

export interface NetworkOptions {
  readonly clock: Clock
  /** A whole number. */
  readonly seed: number
  /** Gets what handlers and listeners throw; the console when left out. */
  readonly report?: (error: unknown) => void
  /** Which frames may be lost and overtaken; datagrams when left out. */
  readonly isUnreliable?: (frame: Uint8Array) => boolean
}
