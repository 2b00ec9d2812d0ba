import { type ReactNode, Suspense } from 'react'
import { useHasJoined } from './use-has-joined.ts'

export interface PlaceAsideProps {
  readonly children: ReactNode
}

/** What stands beside the stage: nothing until the place has been joined, so that a refusal is told once. */
export function PlaceAside({ children }: PlaceAsideProps) {
  return useHasJoined() && <Suspense>{children}</Suspense>
}
