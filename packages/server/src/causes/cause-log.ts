import type { Clock, SignalQueue } from '@banyan/datamodel'
import type { Beginning, Cause, Consequence, Descent } from './cause.ts'

/** How many causes a place remembers. */
export const causeLimit = 10_000

/** What the numbers beside a patch's operations mean; they are the server's own and in no frame. */
export interface Causes {
  /** Null for 0, for a number that was never given, and for one that is forgotten: the last 10,000 are kept. */
  readonly of: (cause: number) => Cause | null
}

/** Numbers what happens in a place, and says under which number code runs. */
export interface CauseLog extends Causes {
  /** The descent of what the code that runs now starts. */
  readonly here: Descent
  /** Gives the next number, and runs nothing. `what` is kept as it is, so that causes which are alike may share one. */
  readonly begin: (what: Beginning | Consequence, nowMs?: number) => number
  /** Runs under a number that was given before. What comes after an `await` runs under none. */
  readonly under: <Result>(cause: number, run: () => Result) => Result
  /** Both in one. */
  readonly run: <Result>(what: Beginning | Consequence, run: () => Result) => Result
}

export interface CauseLogOptions {
  readonly clock: Clock
  /** Holds the current cause, and remembers it for deferred handlers. */
  readonly queue: Pick<SignalQueue, 'cause'>
}

export function createCauseLog({ clock, queue }: CauseLogOptions): CauseLog {
  // Not as objects, which would be made for each call of a flood and live long enough to be copied by the collector.
  const kept: (Beginning | Consequence)[] = []
  const times: number[] = []
  let last = 0

  function of(cause: number): Cause | null {
    const isKept = cause <= last && cause > last - causeLimit
    const what = isKept ? kept[cause % causeLimit] : undefined
    return what === undefined ? null : { ...what, number: cause, timeMs: times[cause % causeLimit] ?? 0 }
  }

  function begin(what: Beginning | Consequence, nowMs = clock.now()): number {
    last += 1
    kept[last % causeLimit] = what
    times[last % causeLimit] = nowMs
    return last
  }

  function under<Result>(cause: number, run: () => Result): Result {
    const outer = queue.cause
    queue.cause = cause
    try {
      return run()
    } finally {
      queue.cause = outer
    }
  }

  return {
    get here() {
      const parent = queue.cause
      const cause = of(parent)
      if (cause === null) return { parent, origin: null }
      return { parent, origin: 'origin' in cause ? cause.origin : cause }
    },
    of,
    begin,
    under,
    run: (what, run) => under(begin(what), run),
  }
}
