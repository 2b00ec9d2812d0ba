import { type DeliveryBound, deliveryBound } from '../outbox/delivery-log.ts'
import { type PatchBound, patchBound } from '../outbox/patch-log.ts'
import type { Rate } from './token-bucket.ts'

/** What one client may do to a place. */
export interface Limits {
  /** Events and requests of one session, all remotes together. */
  readonly perSession: Rate
  /** Those of one remote, unless its contract says otherwise. */
  readonly perRemote: Rate
  /** Frames of any kind; beyond it the session closes as `flooded`. */
  readonly frames: Rate
  /** A longer frame closes the session as `oversize`; 64 KiB at least, which clients use. */
  readonly frameBytes: number
  /** Requests of one session that wait for their answers. */
  readonly pendingRequests: number
  /** Bytes of their arguments, which the server holds meanwhile. */
  readonly pendingBytes: number
  /** How long a client may let a request wait. */
  readonly requestMs: number
  /** Reliable deliveries that a client has not acknowledged; beyond it the session closes as `slowReader`. */
  readonly deliveries: DeliveryBound
  /** Bytes that have not left for a client; beyond it nothing is added until it has read, and then what it missed in one. */
  readonly unsentBytes: number
  /** Bytes that a client leaves unread while it goes on asking; beyond it the session closes as `slowReader`. */
  readonly unreadBytes: number
  /** Patches that a place keeps for those who come back; who missed more gets a snapshot. */
  readonly patches: PatchBound
  /** Missed patches that are less together are told as they were: telling them as one costs more time than their bytes. */
  readonly foldBytes: number
  /** Instances that a part of a snapshot holds, which are encoded at a stretch; one with large texts or nested values counts as many. */
  readonly snapshotInstances: number
}

/** The house's limits; pass some of them to `createPlace` to change those. */
export const defaultLimits: Limits = Object.freeze({
  perSession: { perSecond: 200, burst: 400 },
  perRemote: { perSecond: 60, burst: 120 },
  frames: { perSecond: 500, burst: 1000 },
  frameBytes: 64 * 1024,
  pendingRequests: 256,
  pendingBytes: 1024 * 1024,
  requestMs: 60_000,
  deliveries: deliveryBound,
  unsentBytes: 64 * 1024,
  unreadBytes: 4 * 1024 * 1024,
  patches: patchBound,
  foldBytes: 32 * 1024,
  snapshotInstances: 512,
})
