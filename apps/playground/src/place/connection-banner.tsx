import type { ConnectionState } from 'banyan/client'
import { useEffect, useState } from 'react'
import './connection-banner.css'

/** After this many vain attempts the banner says that the server, not the network, is the likely cause. */
const manyAttempts = 4

export interface ConnectionBannerProps {
  readonly state: ConnectionState
  /** Whether this client has been in the place before. */
  readonly hasJoined: boolean
}

/** One line over the page while the connection is not what it should be; empty, but present, otherwise. */
export function ConnectionBanner({ state, hasJoined }: ConnectionBannerProps) {
  const text = useBannerText(state, hasJoined)
  return (
    <div className="connection-banner" role="status" data-state={state.kind}>
      {text !== null && <p>{text}</p>}
    </div>
  )
}

function useBannerText(state: ConnectionState, hasJoined: boolean): string | null {
  const [wasLost, setWasLost] = useState(false)
  if (state.kind === 'reconnecting' && hasJoined && !wasLost) setWasLost(true)
  const isNewSession = state.kind === 'joined' && state.status === 'new' && wasLost
  useEffect(() => {
    if (state.kind !== 'joined' || !wasLost) return
    const timer = setTimeout(() => setWasLost(false), isNewSession ? 8_000 : 0)
    return () => clearTimeout(timer)
  }, [state.kind, wasLost, isNewSession])
  if (isNewSession) return 'The server was restarted. You are back, in a new session.'
  const attempt = state.kind === 'reconnecting' || state.kind === 'connecting' ? state.attempt : 0
  if (attempt >= manyAttempts) return 'The server does not answer. Still trying …'
  if (state.kind === 'reconnecting') return hasJoined ? 'Connection lost. Reconnecting …' : 'Connecting …'
  return null
}
