import type { CloseCode } from '@banyan/protocol'

/** How the server received this client: as a new player, as the same one after a reload, or as the same session. */
export type JoinStatus = 'new' | 'rejoined' | 'resumed'

/** How a server says that page and server do not fit. */
export type OutdatedCode = Extract<CloseCode, 'definitionMismatch' | 'versionMismatch'>

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
  /**
   * The page and the server are built of different definitions, or versions of Banyan. Loading the page again helps
   * where the page is the older one. The client asks again at `retryAtMs`, for the server may be; the tree stays as it was.
   */
  | {
      readonly kind: 'outdated'
      readonly code: OutdatedCode
      readonly reason: string
      readonly retryAtMs: number
    }
  /** Final until `connect()` is called again. */
  | { readonly kind: 'closed'; readonly code: CloseCode; readonly reason: string }

/** Trying again would get the same answer, or take a session away from where the player now is. */
const finalCodes: ReadonlySet<CloseCode> = new Set<CloseCode>([
  'takenOver',
  'kicked',
  'noSuchPlace',
  'placeFull',
  'unauthorized',
  'left',
])

/** Whether a close with this code says that page and server do not fit. */
export function isOutdated(code: CloseCode): code is OutdatedCode {
  return code === 'definitionMismatch' || code === 'versionMismatch'
}

/** Whether a close with this code ends the client's attempts. */
export function isFinal(code: CloseCode): boolean {
  return finalCodes.has(code)
}
