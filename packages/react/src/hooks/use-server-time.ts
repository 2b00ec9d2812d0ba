import { useCallback, useSyncExternalStore } from 'react'
import { useScope } from '../provider/banyan-context.ts'
import { useTicking } from './use-ticking.ts'

/** The server's time in milliseconds, in steps of `intervalMs` (1,000) that fall at the same moment for all; 0 while rendering to HTML. */
export function useServerTime(intervalMs = 1000): number {
  const { client } = useScope()
  const read = useCallback(
    () => Math.floor(client.serverTime() / intervalMs) * intervalMs,
    [client, intervalMs],
  )
  const untilNext = useCallback(() => intervalMs - (client.serverTime() % intervalMs), [client, intervalMs])
  return useSyncExternalStore(useTicking(untilNext), read, getZero)
}

function getZero(): number {
  return 0
}
