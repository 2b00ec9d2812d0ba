import type { Player } from '@banyan/datamodel'
import type { Channel, DatagramOrder, Hello, SentinelCall } from '@banyan/protocol'
import type { CallLimits } from '../limits/call-limits.ts'
import type { DropCounter } from '../limits/drop-counts.ts'
import type { TokenBucket } from '../limits/token-bucket.ts'
import type { DeliveryLog } from '../outbox/delivery-log.ts'
import type { QueuedDelivery } from '../outbox/queued-delivery.ts'
import type { PendingRequests } from '../remotes/pending-requests.ts'
import type { Arrears } from './arrears.ts'
import type { SessionTokens } from './session-tokens.ts'

/** One person's stay in a place, across connections: it lasts as long as the Player. */
export interface Session {
  readonly player: Player
  readonly userId: string
  readonly tokens: SessionTokens
  readonly limits: CallLimits
  readonly drops: DropCounter
  /** The last patch before its Player came; what a client tells to have of that or earlier counts for nothing. */
  readonly beforeSeq: number
  /** Of values that may skip. While `owedSince` is a number, the client's replica is not what the player sees. */
  readonly arrears: Arrears
  state: SessionState
  stream: Stream
  /** The last hello that was let in; null before the first. */
  newest: Turn | null
}

/** When a hello was made, beside others of its guest key. */
export type Turn = Pick<Hello, 'guestKey' | 'turn'>

/** `away` sessions keep their Player until the grace period ends. */
export type SessionState =
  | { readonly kind: 'live'; readonly connection: Connection }
  | { readonly kind: 'away'; readonly cancelGrace: () => void }
  | { readonly kind: 'ended' }

/** What both sides have numbered. It outlives a lost connection, and begins anew when the client lost its own. */
export interface Stream {
  /** The number of the last frame of calls that was handled. */
  callSeq: number
  readonly deliveries: DeliveryLog<QueuedDelivery>
  readonly requests: PendingRequests
}

/** One channel's share of a session. */
export interface Connection {
  readonly channel: Channel
  readonly frames: TokenBucket
  /** Of what the client fires unreliably; a later connection counts anew. */
  readonly datagrams: DatagramOrder
  /** Nothing is sent before the welcome. */
  isWelcomed: boolean
  /** A snapshot is under way, which the next frame builds on. */
  isFed: boolean
  /** It had too much unsent, and gets all that it missed in one. */
  isHeld: boolean
  /** What its client asks of the sentinel; its next frame has the answer. */
  asked: SentinelQuestion | null
  /** The patch at which it was last told what it should hold, or at which it came. */
  checkedSeq: number
  /** The last patch and the last delivery that were sent. */
  sentSeq: number
  sentEventSeq: number
  /** The last frame of calls that the client was told of, and when. */
  toldCallSeq: number
  toldMs: number
}

/** A call of the sentinel that is answered. */
export type SentinelQuestion = Exclude<SentinelCall, { readonly kind: 'found' | 'lost' }>

/** The connection of a session that has one. */
export function connectionOf({ state }: Session): Connection | null {
  return state.kind === 'live' ? state.connection : null
}
