import type { Random } from '@banyan/datamodel'
import { base64url } from '../base64url.ts'

/** What a client shows to continue its session: each connection is given a new one. */
export interface SessionTokens {
  readonly current: string
  /** Whether a client that shows this token may continue the session. */
  accepts(token: string): boolean
  /** Makes a new current token. The one that was shown stays valid, for the welcome with the new one may get lost. */
  rotate(shown: string | null): string
  /** The client has the current token: its predecessor ends. */
  acknowledge(): void
}

/** Tokens of 128 random bits, kept for one session. */
export function createSessionTokens(random: Random): SessionTokens {
  let current = createToken(random)
  let predecessor: string | null = null
  return {
    get current() {
      return current
    },
    accepts(token) {
      return token === current || token === predecessor
    },
    rotate(shown) {
      predecessor = shown
      current = createToken(random)
      return current
    },
    acknowledge() {
      predecessor = null
    },
  }
}

function createToken(random: Random): string {
  return base64url(random.bytes(16))
}
