import { messageKind } from '../message-kind.ts'

/** Makes the frame, which is its kind alone: it ends the session for good, without a grace period. */
export function encodeLeave(): Uint8Array {
  return Uint8Array.of(messageKind.leave)
}
