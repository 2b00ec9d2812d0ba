import type { Network } from '@banyan/protocol'
import type { WaitingTimer } from '../time/timer-ledger.ts'

/** Lines that were opened and are not closed, with whose they are. */
export interface LineWatch {
  readonly open: readonly string[]
}

export function watchLines(network: Network): LineWatch {
  const open = new Map<number, string>()
  network.observe((event) => {
    if (event.kind === 'close') open.delete(event.line)
    else if (event.kind === 'open') open.set(event.line, event.player ?? 'somebody')
    else if (event.kind === 'frame' && event.player !== null && open.has(event.line)) {
      open.set(event.line, event.player)
    }
  })
  return {
    get open() {
      return [...open].map(
        ([line, player]) => `line ${line} of "${player}" is still open. Close what opened it.`,
      )
    },
  }
}

/** A timer that outlives its place runs into the next test. */
export function leakedTimers(waiting: readonly WaitingTimer[], nowMs: number): readonly string[] {
  return waiting.map(
    ({ owner, dueMs, where }) =>
      `a timer of ${owner} still waits, due in ${Math.round(dueMs - nowMs)} ms; it was set ${where}. Cancel it, in a script by what the script returns.`,
  )
}

/** Listeners on the process, by event: how many there are now beyond those at the start. */
export function watchProcessListeners(): () => readonly string[] {
  const count = () =>
    new Map(process.eventNames().map((name) => [name, process.listenerCount(name)] as const))
  const before = count()
  return () =>
    [...count()]
      .filter(([name, listeners]) => listeners > (before.get(name) ?? 0))
      .map(
        ([name]) =>
          `a listener of the process for "${String(name)}" is left. Take it off when the place stops.`,
      )
}
