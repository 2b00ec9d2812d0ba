/** What the arguments of an unreliable fire may take: a frame of them fits into one packet of any network. */
const unreliableBytesCap = 1000

/** A sender whose line holds more than this unsent drops unreliable fires: what waits behind that much is out of date. */
export const unreliableRoomBytes = 16 * 1024

/** For an instance's id, which travels beside the bytes. */
const bytesPerInstance = 4

/** Says in a line for logs why encoded arguments are too large for an unreliable remote; null when they are not. */
export function unreliableExcess(
  name: string,
  { bytes, instances }: { readonly bytes: Uint8Array; readonly instances: readonly unknown[] },
): string | null {
  const size = bytes.length + instances.length * bytesPerInstance
  if (size <= unreliableBytesCap) return null
  return `"${name}" was fired with ${size} bytes, and an unreliable remote carries ${unreliableBytesCap}: it is dropped. Send less, or make the remote reliable.`
}
