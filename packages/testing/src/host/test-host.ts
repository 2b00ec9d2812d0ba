import type { Clock, TreeSnapshot } from '@banyan/datamodel'
import type { Host } from '@banyan/node'
import type { Network } from '@banyan/protocol'
import type { Log, Place } from '@banyan/server'
import type { LoggedLevel } from '../log/test-log.ts'
import type { WaitingTimer } from '../time/timer-ledger.ts'
import type { OpenLine } from './line-watch.ts'

/** A real host on a free port of this machine alone, with its network and its places in the test's hands. */
export interface TestHost {
  /** Throws 'invalidOption' while the server that it is attached to does not listen. */
  readonly url: string
  readonly port: number
  readonly seed: number
  /** For its metrics, and to close it before its time, which its clients hear. */
  readonly server: Host
  readonly network: Network
  /** The places' own. */
  readonly clock: Clock
  readonly isVirtual: boolean
  /** For clients that the test makes itself: what they log fails the test as the host's own lines do. */
  readonly log: Log
  /** Lines that are open now, with what went over them: equal counts at the other ends mean that nothing is on its way. */
  readonly openLines: readonly OpenLine[]
  /** What the host, its network and its places have set and neither run nor cancelled. */
  readonly timers: readonly WaitingTimer[]
  /** The running place of that name. Throws 'unknownPlace' with the names of those that run. */
  place(name: string): Place
  /** The state of a place after a patch; null when it is too old. Its last one is always known. */
  snapshotAt(name: string, seq: number): TreeSnapshot | null
  /** The messages of a place since it was made, as lines to read. Costs all of them. */
  timeline(name: string): string
  /** Stops a place whose test is over, so that it costs the next one nothing. */
  stopPlace(name: string): Promise<void>
  /** Moves virtual time. Throws 'realClock' where time is real. */
  advance(ms: number): Promise<void>
  /**
   * Waits until the condition holds, which is looked at whenever something has happened in this process: a frame, a
   * connection, a close, a timer. Throws 'didNotHappen', naming it, after 20 s of the host's own time, or of real time
   * where that stands still.
   */
  until(what: string, condition: () => boolean, options?: { readonly limitMs?: number }): Promise<void>
  /** Takes out what was logged so far as warnings and errors, or as one of them: what the test meant to cause. */
  takeLogged(level?: LoggedLevel): readonly string[]
  /** Closes the host. Throws 'leaked', naming lines and sockets that stay open and timers that still wait, and 'logged'. */
  [Symbol.asyncDispose](): Promise<void>
}
