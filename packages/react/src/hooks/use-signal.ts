import type { Connection } from '@banyan/datamodel'
import { useEffect } from 'react'
import { useLatest } from './use-latest.ts'

/** Anything that handlers connect to. */
export interface Connectable<Args extends readonly unknown[]> {
  connect(handler: (...args: Args) => unknown): Connection
}

/** Connects the handler while mounted. An inline handler costs nothing: the latest one is called without reconnecting. */
export function useSignal<Args extends readonly unknown[]>(
  signal: Connectable<Args> | null,
  handler: (...args: Args) => unknown,
): void {
  const latest = useLatest(handler)
  useEffect(() => {
    const connection = signal?.connect((...args) => latest.current(...args))
    return () => connection?.disconnect()
  }, [signal, latest])
}
