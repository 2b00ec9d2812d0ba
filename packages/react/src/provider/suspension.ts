import type { Path } from '@banyan/client'
import type { AnyInstanceClass } from '@banyan/datamodel'
import { use } from 'react'
import type { BanyanScope } from './banyan-context.ts'

const never = new Promise<never>(() => {})

/** Marked as React marks what it has read, so that it never suspends: `use` is to be called in every render or in none. */
const settled = Object.assign(Promise.resolve(), { status: 'fulfilled', value: null } as const)

/** Suspends while nothing is at the path. Called in every render, present or not. */
export function suspendWhileAbsent(
  { client, isServer, suspenseTimeoutMs: timeoutMs }: BanyanScope,
  sought: { readonly path: Path; readonly made: AnyInstanceClass | null; readonly isAbsent: boolean },
): void {
  if (isServer) use(never)
  use<unknown>(sought.isAbsent ? client.suspend(sought.path, sought.made, { timeoutMs }) : settled)
}

/** Suspends until the client has joined for the first time. Called in every render. */
export function suspendUntilJoined({ client, isServer }: BanyanScope): void {
  if (isServer) use(never)
  use<unknown>(client.localPlayer === null ? client.ready : settled)
}
