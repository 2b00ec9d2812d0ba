import type { Path } from '@banyan/client'
import type { AnyInstanceClass } from '@banyan/datamodel'
import { use } from 'react'
import type { BanyanScope } from './banyan-context.ts'

const never = new Promise<never>(() => {})

/** Marked as React marks what it has read, so that it never suspends: `use` is to be called in every render or in none. */
const settled = Object.assign(Promise.resolve(), { status: 'fulfilled', value: null } as const)

/** What a hook looks for by its path. */
export interface Sought {
  readonly path: Path
  readonly made: AnyInstanceClass | null
  readonly isFound: boolean
}

/**
 * Suspends while what is sought is not there, or the tree around it has not arrived: services are there from the
 * start, and look empty. Called in every render: null seeks nothing.
 */
export function suspendFor(scope: BanyanScope, sought: Sought | null): void {
  const { client, isServer, suspenseTimeoutMs: timeoutMs } = scope
  if (sought === null) use(settled)
  else if (sought.isFound) suspendUntilJoined(scope)
  else use<unknown>(isServer ? never : client.suspend(sought.path, sought.made, { timeoutMs }))
}

/** Suspends until the client has joined for the first time. Called in every render. */
export function suspendUntilJoined({ client, isServer }: BanyanScope): void {
  if (client.localPlayer !== null) use(settled)
  else use<unknown>(isServer ? never : client.ready)
}
