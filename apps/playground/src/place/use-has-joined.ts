import { useConnection } from 'banyan/react'
import { useState } from 'react'

/** Whether this client has been in its place at all; stays true when the connection is lost. */
export function useHasJoined(): boolean {
  const { kind } = useConnection()
  const [hasJoined, setHasJoined] = useState(false)
  if (kind === 'joined' && !hasJoined) setHasJoined(true)
  return hasJoined
}
