import type { CloseCode } from '@banyan/protocol'

/** How the server received this client: as a new player, as the same one after a reload, or as the same session. */
export type JoinStatus = 'new' | 'rejoined' | 'resumed'

/** Where a client stands; each object is frozen and replaced, so `===` means that nothing happened. */
export type ConnectionState =
  | { readonly kind: 'idle' }
  /** The first join is being attempted. */
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'joined'; readonly status: JoinStatus; readonly playerId: number }
  /** Waiting until `retryAtMs` (client clock), or attempting again after it; the tree stays as it was. */
  | {
      readonly kind: 'reconnecting'
      readonly attempt: number
      readonly retryAtMs: number
      readonly cause: string
    }
  /** Final until `connect()` is called again. */
  | { readonly kind: 'closed'; readonly code: CloseCode; readonly reason: string }

/** Trying again would get the same answer, or take a session away from where the player now is. */
const finalCodes: ReadonlySet<CloseCode> = new Set<CloseCode>([
  'takenOver',
  'kicked',
  'noSuchPlace',
  'placeFull',
  'definitionMismatch',
  'versionMismatch',
  'unauthorized',
  'left',
])

/** Whether a close with this code ends the client's attempts. */
export function isFinal(code: CloseCode): boolean {
  return finalCodes.has(code)
}
