import { messageKind } from './message-kind.ts'

/** Whether a line may lose, delay or reorder this frame without breaking a promise: only datagrams are so. */
export function isUnreliableFrame(frame: Uint8Array): boolean {
  return frame[0] === messageKind.datagramUp || frame[0] === messageKind.datagramDown
}
