import type { SignalQueue } from '@banyan/datamodel'
import { isolate, type Report } from './isolation.ts'

/** Work put off by put-off work runs in the same resumption point this often, then waits for the next. */
const roundCap = 10

/** The moments at which deferred handlers run: a message's arrival, a task, the heartbeat, a player's leaving. */
export interface Resumption {
  /** Runs deferred handlers, then what was put off, until nothing is left. Inside another one it does nothing. */
  run(): void
  /** Puts work off until the handlers queued so far have run: in this resumption point, or else in the next. */
  afterHandlers(source: string, work: () => unknown): void
}

export interface ResumptionOptions {
  readonly queue: Pick<SignalQueue, 'drain'>
  readonly report: Report
}

export function createResumption({ queue, report }: ResumptionOptions): Resumption {
  let putOff: { readonly source: string; readonly work: () => unknown }[] = []
  let isRunning = false
  return {
    run() {
      if (isRunning) return
      isRunning = true
      try {
        for (let round = 0; ; round += 1) {
          queue.drain()
          if (putOff.length === 0 || round === roundCap) return
          const batch = putOff
          putOff = []
          for (const { source, work } of batch) isolate(source, report, work)
        }
      } finally {
        isRunning = false
      }
    },
    afterHandlers(source, work) {
      putOff.push({ source, work })
    },
  }
}
