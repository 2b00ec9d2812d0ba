import type { Client, ConnectionState } from '@banyan/client'
import type { Portable } from './portable.ts'

/** Where a page keeps its door; the same text is what production builds are searched for. */
export const doorKey = 'banyan.door'

/** A replica as its page holds it; local writes are left out. */
export interface HeldTree {
  /** The patch that it is at. */
  readonly seq: number
  /** Null while the client has never joined. */
  readonly playerId: number | null
  /** What `replicaView` gives. */
  readonly creates: Portable
}

/** What a path leads to in a replica, local writes included. */
export type Sight =
  | {
      readonly kind: 'present'
      readonly id: number
      readonly className: string
      readonly name: string
      /** By name; an instance is its full name. */
      readonly properties: Portable
      readonly attributes: Portable
      readonly tags: readonly string[]
      readonly children: readonly string[]
    }
  | {
      readonly kind: 'absent'
      /** The deepest instance that exists, what was looked for in it, and what it has instead. */
      readonly deepest: string
      readonly missing: string
      readonly children: readonly string[]
    }

/** A sight with the number of the change that led to it. */
export interface Look {
  readonly version: number
  readonly sight: Sight
  readonly state: ConnectionState
}

/** The outcome of something that a page was asked to do. */
export type Done =
  | { readonly ok: true; readonly value: Portable }
  | { readonly ok: false; readonly problem: string }

/** What a page offers to the test that drives it. Everything but `client` survives the way between the two. */
export interface Door {
  /** For the test's own code in the page. */
  readonly client: Client
  tree(): HeldTree
  state(): ConnectionState
  look(path: readonly string[]): Sight
  /** Begins to follow a path and the connection under a name of the test's; ends with `unwatch`, or with the page. */
  watch(id: string, path: readonly string[]): void
  /** The first look later than a version, as soon as there is one; null when the watch has ended. */
  next(id: string, version: number): Promise<Look | null>
  unwatch(id: string): void
  fire(remote: string, payload: Portable): Done
  invoke(remote: string, payload: Portable): Promise<Done>
  /** Writes properties in this page alone, as anybody can in their console. */
  write(path: readonly string[], values: Portable): Done
}
