import type { LeaveReason } from '@banyan/datamodel'

/** What begins a chain of causes: something from outside of the scripts, or a script itself. */
export type Beginning =
  | { readonly kind: 'remote'; readonly remote: string; readonly player: string }
  /** By its place in the list of the place's scripts, from 0. */
  | { readonly kind: 'script'; readonly script: number }
  | { readonly kind: 'join' | 'disconnect' | 'reconnect'; readonly player: string }
  /** What every place has before its scripts run. */
  | { readonly kind: 'place' }

/** What came before. The origin is told too, because a parent may long be forgotten when a task runs. */
export interface Descent {
  /** The number of the cause that spawned, connected or kicked; 0 is unknown. */
  readonly parent: number
  /** The beginning of the chain, or null where it is unknown. */
  readonly origin: (Beginning & Numbered) | null
}

/** What some other cause had led to. */
export type Consequence =
  | ({ readonly kind: 'task'; readonly source: 'spawn' | 'defer' | 'delay' } & Descent)
  /** One run of one handler of the heartbeat. */
  | ({ readonly kind: 'heartbeat' } & Descent)
  | ({ readonly kind: 'leave'; readonly player: string; readonly reason: LeaveReason } & Descent)

interface Numbered {
  /** From 1, in the order in which they began. */
  readonly number: number
  /** The place's clock when it began. */
  readonly timeMs: number
}

/** Why something in the tree changed. Plain data, by names: what it tells of may be gone. */
export type Cause = (Beginning | Consequence) & Numbered
