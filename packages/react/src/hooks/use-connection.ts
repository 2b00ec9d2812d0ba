import type { ConnectionState } from '@banyan/client'
import { useSyncExternalStore } from 'react'
import { useScope } from '../provider/banyan-context.ts'

const idle: ConnectionState = Object.freeze({ kind: 'idle' })
const getIdle = (): ConnectionState => idle

/** Where the connection stands; never suspends, so it is the hook for "reconnecting" and "the place is full". */
export function useConnection(): ConnectionState {
  const { client } = useScope()
  return useSyncExternalStore(client.onState, () => client.state, getIdle)
}
