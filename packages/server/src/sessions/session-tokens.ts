import type { Random } from '@banyan/datamodel'
import { base64url } from '../base64url.ts'

/** Tokens of 128 random bits: what a client shows to continue its session. Each connection is given a new one. */
export class SessionTokens {
  readonly #random: Random
  #current: string
  #predecessor: string | null = null

  constructor(random: Random) {
    this.#random = random
    this.#current = createToken(random)
  }

  get current(): string {
    return this.#current
  }

  /** Whether a client that shows this token may continue the session. */
  accepts(token: string): boolean {
    return token === this.#current || token === this.#predecessor
  }

  /** Makes a new current token. The one that was shown stays valid, for the welcome with the new one may get lost. */
  rotate(shown: string | null): string {
    this.#predecessor = shown
    this.#current = createToken(this.#random)
    return this.#current
  }

  /** The client has the current token: its predecessor ends. */
  acknowledge(): void {
    this.#predecessor = null
  }
}

function createToken(random: Random): string {
  return base64url(random.bytes(16))
}
