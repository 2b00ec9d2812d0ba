import type { Clock } from '@banyan/datamodel'

/** The longest wait that every platform's timer can hold; a longer one is made of several. */
const longestTimerMs = 2 ** 31 - 1

/** Real time, from the platform's monotonic counter: a change of the wall clock while it runs is not followed. */
export function createSystemClock(): Clock {
  // Read once: it never changes, and its getter costs more than the rest.
  const originMs = performance.timeOrigin
  const now = () => originMs + performance.now()
  const hop = hopOf(globalThis)

  /** Platforms may call a timer a fraction of a millisecond early, so the due time is checked again. */
  const at = (dueMs: number, run: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout>
    const arm = () => {
      const waitMs = Math.min(Math.max(Math.ceil(dueMs - now()), 0), longestTimerMs)
      timer = setTimeout(() => (now() < dueMs ? arm() : run()), waitMs)
    }
    arm()
    return () => clearTimeout(timer)
  }

  return {
    now,
    after: (ms, run) => (ms > 0 || hop === null ? at(now() + Math.max(ms, 0), run) : hop(run)),
    /** Keeps to the grid that it began on, so that a period of 33.3 ms makes 30 calls a second. */
    every(ms, run) {
      const periodMs = Math.max(ms, 1)
      let dueMs = now() + periodMs
      let cancel = at(dueMs, tick)
      function tick() {
        dueMs += periodMs * (Math.floor((now() - dueMs) / periodMs) + 1)
        // Armed before the call: a throwing callback does not end the series, and may itself stop it.
        cancel = at(dueMs, tick)
        run()
      }
      return () => cancel()
    },
  }
}

type Hop = (run: () => void) => () => void

/** To the next turn of the loop, behind what the network has brought; null where a platform has only timers, whose shortest wait is 1 ms or more. */
function hopOf(platform: object): Hop | null {
  const set: unknown = Reflect.get(platform, 'setImmediate')
  const clear: unknown = Reflect.get(platform, 'clearImmediate')
  if (typeof set !== 'function' || typeof clear !== 'function') return null
  return (run) => {
    const handle: unknown = set(run)
    return () => void clear(handle)
  }
}
