import type { AnyInstanceClass, Clock, DataModel, Instance, Player, Random } from '@banyan/datamodel'
import type { ClientTransport, GameDefinition } from '@banyan/protocol'
import type { ConnectionState } from './connection/connection-state.ts'
import type { FrameSource } from './frames/frame-source.ts'
import type { ClientLog } from './log.ts'
import type { PageLife } from './page/page-life.ts'
import type { Path } from './presence/path.ts'
import type { PresenceOptions } from './presence/presence.ts'
import type { RemoteLookup } from './remotes/remote-handle.ts'
import type { Desync } from './sentinel/desync.ts'
import type { CreateSentinel } from './sentinel/late-sentinel.ts'
import type { ClientStorage } from './storage/storage.ts'

/** What a client is made of; only the definition has no default. */
export interface ClientOptions {
  readonly definition: GameDefinition
  /** Where the host listens; the page's own origin when neither this nor a transport is given. */
  readonly url?: string
  readonly transport?: ClientTransport
  /** `main` when left out. */
  readonly place?: string
  /** What a guest would like to be called; the server cuts it to 20 characters and makes it unique. */
  readonly name?: string
  /** Another player of the same browser, as for a second window. */
  readonly seat?: string
  /** Plain data for the host's own authentication. */
  readonly credentials?: unknown
  readonly clock?: Clock
  readonly random?: Random
  readonly storage?: ClientStorage
  readonly frames?: FrameSource
  readonly page?: PageLife
  readonly log?: ClientLog
  /** Runs a function when the current task has ended: fires of one task share a frame. A microtask when left out. */
  readonly schedule?: (run: () => void) => void
  /**
   * Loads the page anew, once until the next join, when the server turns out to be built of another definition. Leave it
   * out where a page has what a reload would lose; `outdated` tells then.
   */
  readonly reloadsWhenOutdated?: boolean
  /** Warns about what is legal but rarely meant, such as local writes to what the server owns. */
  readonly isDevelopment?: boolean
  /** What `@banyan/client/sentinel` exports, for programs that load nothing later; it is loaded by itself when left out. */
  readonly sentinel?: CreateSentinel
  /** Called when this replica was not what it should be, which is in the log too. */
  readonly onDesync?: (desync: Desync) => void
}

/** One player's replica of a place and the way to its server. Free of any framework; one page may hold many. */
export interface Client {
  /** The replica; the same object through reconnections and new sessions. */
  readonly game: DataModel
  readonly state: ConnectionState
  /** Resolves at the first join; rejects when the server refuses for good. Another one after `close`. */
  readonly ready: Promise<void>
  /** Null before the first join; the last one, destroyed, after it was removed, and while it is hidden. */
  readonly localPlayer: Player | null
  /** The server's time of the patch that `observe` tells of, later of the last one: what samples for interpolation are stamped with. */
  readonly patchTimeMs: number
  /** Null before it is known. */
  readonly roundTripMs: number | null
  readonly frames: FrameSource
  readonly clock: Clock
  /** Calls after each change of `state`; `this`-free, as stores want it. */
  readonly onState: (listener: () => void) => () => void
  /** The typed end of a contract. May be used before the join: calls wait. */
  readonly remote: RemoteLookup
  /** Begins to connect and goes on trying until `close`; does nothing while it does. */
  readonly connect: () => void
  /** Leaves: the server removes the player now. What waits is rejected, the tree stays as it was. */
  readonly close: () => void
  /** Connects, and closes some time after the last holder let go; for views that mount and unmount. */
  readonly retain: () => () => void
  /** The server's clock as it is now, in milliseconds; monotonic within one session. The client's own before the join. */
  readonly serverTime: () => number
  /** What is at a path now, or null. Not cached: costs a walk over each level's children. */
  find(path: Path): Instance | null
  find<Of extends Instance>(path: Path, made: AnyInstanceClass<Of> | null): Of | null
  /** The same promise for the same path and class while it is pending. Rejects on timeout, naming what is missing, and on `close`. */
  whenPresent(path: Path): Promise<Instance>
  whenPresent<Of extends Instance>(
    path: Path,
    made: AnyInstanceClass<Of> | null,
    options?: PresenceOptions,
  ): Promise<Of>
  /** For renderers, while the path is absent: a rejection is repeated until an attempt later than the one that showed it. */
  suspend(path: Path, made: AnyInstanceClass | null, options?: PresenceOptions): Promise<Instance>
}
