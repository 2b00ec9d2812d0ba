import type { Client } from '@banyan/client'
import type { DataModel, Player } from '@banyan/datamodel'
import type { ViewListeners } from '../leaks/view-listeners.ts'
import type { PlayerNetwork } from './player-network.ts'

/** A person at their screen: a real client, on a line and in a page that the test controls. */
export interface TestPlayer {
  readonly name: string
  /** The one of the page that is open now; another one after `reload`. */
  readonly client: Client
  /** The replica, `client.game`. */
  readonly game: DataModel
  readonly remote: Client['remote']
  /** What the server knows this player as; null while it does not. */
  readonly player: Player | null
  readonly network: PlayerNetwork
  /** For what renders views on the open page: tells their listeners apart, whose leaks fail the test. */
  readonly views: ViewListeners
  /** Connects and waits until the server let this player in; for those made by `place.invite`, and after `leave`. Throws 'refused'. */
  join(): Promise<void>
  /** Closes the client, and waits until the server has let the player go. */
  leave(): Promise<void>
  /** Breaks the line, and waits until the client is back. Throws 'invalidOption' for one who is not in. */
  reconnect(): Promise<void>
  /** Loads the page again: another client with what this browser remembers. Waits until it is in. */
  reload(): Promise<void>
  /** As `reload`, without waiting: for lines that let nobody in just now. */
  reopen(): void
  /** Puts the tab into the background: its timers run once a second, later once a minute, and no frame is drawn. */
  hide(): void
  show(): void
}
