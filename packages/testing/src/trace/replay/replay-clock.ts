import { setImmediate } from 'node:timers'
import { createManualClock, type ManualClock } from '@banyan/protocol'

/** The time of a replay. */
export interface ReplayClock {
  readonly clock: ManualClock
  /** Moves on, timer by timer; between two of them everything that waits on promises runs. */
  moveTo(timeMs: number): Promise<void>
  /** Lets everything run that waits on promises. */
  settle(): Promise<void>
}

export function createReplayClock(startMs: number): ReplayClock {
  const clock = createManualClock({ startMs })
  return {
    clock,
    async moveTo(timeMs) {
      while (clock.runNext(timeMs)) await turn()
      clock.advance(timeMs - clock.now())
    },
    settle: turn,
  }
}

/** One turn of the process's own loop: every promise that can settle has settled by its end. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
