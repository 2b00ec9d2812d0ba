import type { Player } from './classes/player.ts'
import type { BaseRemoteEvent } from './classes/remote-event.ts'
import type { RemoteFunction } from './classes/remote-function.ts'

/** How long a request may take, and what ends it early. */
export interface InvokeOptions {
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** What carries a DataModel's remotes to the other side: the server's place, or a client's connection. */
export interface Peer {
  fireServer(remote: BaseRemoteEvent, args: readonly unknown[]): void
  fireClients(remote: BaseRemoteEvent, players: readonly Player[] | 'all', args: readonly unknown[]): void
  invokeServer(remote: RemoteFunction, args: readonly unknown[], options: InvokeOptions): Promise<unknown>
  /** Ends a player's session. On a client only the local player's. */
  kick(player: Player, reason: string): void
}
