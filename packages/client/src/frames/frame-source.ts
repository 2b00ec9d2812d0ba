import type { Clock } from '@banyan/datamodel'
import type { ClientLog } from '../log.ts'

/** Calls back once per drawn frame, for canvases and other things outside React's render. */
export interface FrameSource {
  /** `dtMs` is the time since the last frame, at most 100, so that a page that was hidden does not leap. */
  subscribe(listener: (dtMs: number) => void): () => void
}

/** The clock times the steps; the log hears of failing listeners. */
export interface FrameSourceOptions {
  readonly clock: Clock
  readonly log: ClientLog
}

const maxStepMs = 100
const fallbackStepMs = 16

/** The browser's animation frames, which rest while the page is hidden; a timer where there are none. Costs nothing without listeners. */
export function createFrameSource({ clock, log }: FrameSourceOptions): FrameSource {
  const listeners = new Set<(dtMs: number) => void>()
  let cancel: (() => void) | null = null
  let lastMs = 0

  function request(): void {
    if (typeof requestAnimationFrame === 'function') {
      const handle = requestAnimationFrame(run)
      cancel = () => cancelAnimationFrame(handle)
    } else cancel = clock.after(fallbackStepMs, run)
  }

  function run(): void {
    const nowMs = clock.now()
    const dtMs = Math.min(maxStepMs, nowMs - lastMs)
    lastMs = nowMs
    request()
    for (const listener of listeners) {
      try {
        listener(dtMs)
      } catch (error) {
        log.error('a frame listener failed', error)
      }
    }
  }

  return {
    subscribe(listener) {
      // A copy of its own, so that the same function may subscribe twice.
      const own = (dtMs: number) => listener(dtMs)
      listeners.add(own)
      if (cancel === null) {
        lastMs = clock.now()
        request()
      }
      return () => {
        listeners.delete(own)
        if (listeners.size > 0) return
        cancel?.()
        cancel = null
      }
    },
  }
}
