import type { Client } from '@banyan/client'
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { BanyanContext } from './banyan-context.ts'

/** The client may change; the old one is let go. */
export interface BanyanProviderProps {
  readonly client: Client
  /** How long a hook suspends, joined, before it throws to the error boundary; 10,000 when left out. */
  readonly suspenseTimeoutMs?: number
  readonly children?: ReactNode
}

/** Gives the client to the hooks below and keeps it connected while mounted; several providers share one connection. */
export function BanyanProvider({
  client,
  suspenseTimeoutMs = 10_000,
  children,
}: BanyanProviderProps): ReactNode {
  const isServer = useSyncExternalStore(subscribeToNothing, getFalse, getTrue)
  useEffect(() => client.retain(), [client])
  const scope = useMemo(
    () => ({ client, isServer, suspenseTimeoutMs }),
    [client, isServer, suspenseTimeoutMs],
  )
  return <BanyanContext value={scope}>{children}</BanyanContext>
}

const subscribeToNothing = () => () => {}
const getFalse = () => false
const getTrue = () => true
