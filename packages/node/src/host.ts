import type { PlaceStats } from '@banyan/server'

/** Places behind a port, running. */
export interface Host {
  /** Where a browser on this machine finds it; null while the server that it is attached to does not listen. */
  readonly url: string | null
  readonly port: number | null
  /** Costs a walk over the running places. */
  metrics(): HostMetrics
  /** Tells every client `serverClosing`, stops every place, frees the port. A server that was passed in goes on without it. */
  close(reason?: string): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What a host does now, and what it has done since its start. */
export interface HostMetrics {
  /** Open lines, those that have not said hello included. */
  readonly connections: number
  /** In all places, those in their grace period included. */
  readonly players: number
  readonly places: Readonly<Record<string, PlaceStats>>
}
