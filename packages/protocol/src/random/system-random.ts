import type { Random } from '@banyan/datamodel'

/** What the platform gives at most per call. */
const bytesPerCall = 65_536

/** The platform's randomness: `bytes` is fit for secrets, `next` is fast and not. */
export function createSystemRandom(): Random {
  return {
    next: () => Math.random(),
    bytes(count) {
      const bytes = new Uint8Array(count)
      for (let start = 0; start < count; start += bytesPerCall) {
        crypto.getRandomValues(bytes.subarray(start, start + bytesPerCall))
      }
      return bytes
    },
  }
}
