import { setImmediate } from 'node:timers'
import { createSystemClock } from '@banyan/protocol'

/** What happens in this process: bytes that come, lines that open and close, timers that run. */
export interface Happenings {
  /** Resolves after the next of them, when all that waited for it on promises has run. */
  next(): Promise<void>
  stop(): void
}

/** What happens at the very end of a turn of Node's loop wakes nobody, so the loop is woken this often besides. */
const wakeMs = 20

/** Costs nothing while nothing happens; whoever watches stops it. */
export function watchHappenings(): Happenings {
  const stop = createSystemClock().every(wakeMs, () => {})
  return {
    async next() {
      // An immediate without a reference runs at the end of a turn and causes none itself: the loop sleeps till something comes.
      await new Promise<void>((resolve) => void setImmediate(resolve).unref())
      // Sockets tell their end, and timers run, after that.
      await new Promise<void>((resolve) => void setImmediate(resolve))
    },
    stop,
  }
}
