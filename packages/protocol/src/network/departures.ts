/** The queue in front of a line whose bytes per second are capped. */
export interface Departures {
  /** When so many bytes have left, behind all before them; at once where there is no cap. */
  leaveMs(nowMs: number, bytes: number, bytesPerSecond: number | null): number
  /** Bytes that have not left. */
  waitingBytes(nowMs: number): number
  /** Forgets what waits. */
  clear(): void
}

/** An empty queue. */
export function createDepartures(): Departures {
  let waiting: { readonly leaveMs: number; readonly bytes: number }[] = []
  let waitingBytes = 0
  let freeMs = Number.NEGATIVE_INFINITY

  const forgetGone = (nowMs: number): void => {
    const firstWaiting = waiting.findIndex(({ leaveMs }) => leaveMs > nowMs)
    const gone = waiting.splice(0, firstWaiting === -1 ? waiting.length : firstWaiting)
    for (const { bytes } of gone) waitingBytes -= bytes
  }

  return {
    leaveMs(nowMs, bytes, bytesPerSecond) {
      freeMs = Math.max(freeMs, nowMs) + (bytesPerSecond === null ? 0 : (bytes * 1000) / bytesPerSecond)
      if (freeMs > nowMs) {
        waiting.push({ leaveMs: freeMs, bytes })
        waitingBytes += bytes
      }
      return freeMs
    },
    waitingBytes(nowMs) {
      forgetGone(nowMs)
      return waitingBytes
    },
    clear() {
      waiting = []
      waitingBytes = 0
      freeMs = Number.NEGATIVE_INFINITY
    },
  }
}
