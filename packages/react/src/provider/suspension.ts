import type { Path } from '@banyan/client'
import type { AnyInstanceClass } from '@banyan/datamodel'
import { use } from 'react'
import type { BanyanScope } from './banyan-context.ts'

const never = new Promise<never>(() => {})

/** Suspends until something may be at the path; call it only while nothing is. */
export function suspendUntilPresent(scope: BanyanScope, path: Path, made: AnyInstanceClass | null): void {
  use(scope.isServer ? never : scope.client.suspend(path, made, { timeoutMs: scope.suspenseTimeoutMs }))
}

/** Suspends until the client has joined for the first time. */
export function suspendUntilJoined({ client, isServer }: BanyanScope): void {
  if (isServer) use(never)
  else if (client.localPlayer === null) use(client.ready)
}
