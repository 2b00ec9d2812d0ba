import { useConnection } from 'banyan/react'
import { type ReactNode, Suspense } from 'react'
import { ErrorBoundary } from '../shell/error-boundary.tsx'
import { ClosedNotice } from './closed-notice.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { StageSkeleton } from './stage-skeleton.tsx'
import { useHasJoined } from './use-has-joined.ts'

export interface PlaceGateProps {
  readonly children: ReactNode
  readonly onReturn: () => void
}

/**
 * Shows the place once it has been joined. While the connection is lost the world stays, and a banner tells; only a
 * close for good replaces it.
 */
export function PlaceGate({ children, onReturn }: PlaceGateProps) {
  const state = useConnection()
  const hasJoined = useHasJoined()
  if (state.kind === 'closed' || state.kind === 'outdated')
    return <ClosedNotice code={state.code} reason={state.reason} onReturn={onReturn} />
  return (
    <>
      <ConnectionBanner state={state} hasJoined={hasJoined} />
      <ErrorBoundary>
        {hasJoined ? <Suspense fallback={<StageSkeleton />}>{children}</Suspense> : <StageSkeleton />}
      </ErrorBoundary>
    </>
  )
}
