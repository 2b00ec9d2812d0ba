import type { Clock, TreeSnapshot } from '@banyan/datamodel'
import type { Network } from '@banyan/protocol'
import type { Place } from '@banyan/server'
import type { OpenLine } from './line-watch.ts'

/** A real host on a free port of this machine alone, with its network and its places in the test's hands. */
export interface TestHost {
  readonly url: string
  readonly port: number
  readonly seed: number
  readonly network: Network
  /** The places' own. */
  readonly clock: Clock
  readonly isVirtual: boolean
  /** Lines that are open now, with what went over them: equal counts at the other ends mean that nothing is on its way. */
  readonly openLines: readonly OpenLine[]
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
  /** Waits, in the host's own time, until the condition holds; throws 'didNotHappen', naming it, after 10 s. */
  until(what: string, condition: () => boolean, options?: { readonly limitMs?: number }): Promise<void>
  /** Takes out the warnings and errors that were logged so far, as those that the test meant to cause. */
  takeLogged(): readonly string[]
  /** Closes the host. Throws 'leaked', naming lines that stay open and timers that still wait, and 'logged'. */
  [Symbol.asyncDispose](): Promise<void>
}
