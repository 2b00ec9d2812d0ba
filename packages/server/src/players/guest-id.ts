import { sha256 } from '@noble/hashes/sha2.js'
import { base64url } from '../base64url.ts'

/** A guest's stable user id. Knowing it does not give away the key, which stays the guest's proof of being itself. */
export function guestUserId(guestKey: string): string {
  return `guest-${base64url(sha256(new TextEncoder().encode(guestKey))).slice(0, 22)}`
}
