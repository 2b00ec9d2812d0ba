import { isolate, type Report } from '../isolation.ts'
import type { Session } from '../sessions/session.ts'

/** Sends some sessions ahead of the tick what they lack: once for all that happens in one task, or in one batch. */
export interface EarlyFlush {
  /** Flushes this session once the current batch or microtask ends. */
  soon(session: Session): void
  /** Holds flushes back until `run` has ended. */
  batch(run: () => void): void
}

export function createEarlyFlush(options: {
  readonly report: Report
  /** Runs before each flush; who asks meanwhile is flushed too. */
  readonly commit: () => void
  readonly flush: (sessions: readonly Session[]) => void
}): EarlyFlush {
  const waiting = new Set<Session>()
  let isBatching = false
  let isScheduled = false

  function flush(): void {
    isScheduled = false
    if (waiting.size === 0) return
    options.commit()
    const flushing = [...waiting]
    waiting.clear()
    options.flush(flushing)
  }

  return {
    soon(session) {
      waiting.add(session)
      if (isBatching || isScheduled) return
      isScheduled = true
      queueMicrotask(() => isolate('early flush', options.report, flush))
    },
    batch(run) {
      isBatching = true
      try {
        run()
      } finally {
        isBatching = false
        flush()
      }
    },
  }
}
