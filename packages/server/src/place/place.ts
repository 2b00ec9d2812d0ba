import type { Audiences, DataModel, Player, Players, Signal } from '@banyan/datamodel'
import type { Channel, ChannelHandlers, Hello } from '@banyan/protocol'
import type { Causes } from '../causes/cause-log.ts'
import type { DropCounts } from '../limits/drop-counts.ts'
import type { RemoteLookup } from '../remotes/remote-handle.ts'

/** One running game: a tree, and everyone in it. */
export interface Place {
  readonly name: string
  readonly game: DataModel
  readonly players: Players
  /** Who may see what beyond players and teams; scripts have the same. */
  readonly audiences: Audiences
  /** The server's end of a contract; handlers are set there and nowhere else. */
  readonly remote: RemoteLookup
  /** Fires once per player and remote for each frame with calls over the rate, with the remote's name. */
  readonly onThrottled: Signal<[player: Player, remoteName: string]>
  /** Tells what the causes of a patch's operations mean; a patch comes to `onCommit`. */
  readonly causes: Causes
  readonly stats: PlaceStats
  /** What one player's calls lost so far, by remote. Empty for a player who has left. */
  dropsOf(player: Player): DropCounts
  /** Lets a connection in whose hello was read, or closes it with a code; the handlers take what follows. */
  accept(channel: Channel, hello: Hello): ChannelHandlers
  /** Begins to tick. */
  start(): void
  /** Runs one tick by hand. */
  step(): void
  /** From the call of `stop` on. */
  readonly isStopped: boolean
  /** Closes every session as `serverClosing`, runs the scripts' cleanups, and leaves no timer behind. Final. */
  stop(reason?: string): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Counts since the start, and how things are now. */
export interface PlaceStats {
  /** Connected ones, and those in their grace period. */
  readonly players: number
  readonly connected: number
  /** Connected ones that are told no patches for now, since they read too slowly or are being sent a snapshot. */
  readonly behind: number
  /** Of the players, those whose replicas lack values that may skip. */
  readonly skipping: number
  readonly ticks: number
  /** How long the last tick took. */
  readonly tickMs: number
  readonly framesIn: number
  readonly bytesIn: number
  readonly framesOut: number
  readonly bytesOut: number
  /** Calls that were well-formed and not allowed, and calls over the rate. */
  readonly invalid: number
  readonly throttled: number
  /** Unreliable calls that arrived after a newer one. */
  readonly late: number
  /** Sessions closed for what they sent. */
  readonly closedForInput: number
}
