import type { ClientOptions } from '@banyan/client'
import type { Clock, DataModel } from '@banyan/datamodel'
import type { ClientTransport, Network, NetworkConditions } from '@banyan/protocol'
import type { Place } from '@banyan/server'
import type { Witness } from '../oracle/expect-converged.ts'
import type { ViewTextOptions } from '../oracle/view-text.ts'
import type { WaitingTimer } from '../time/timer-ledger.ts'
import type { Envelope } from '../time/virtual-time.ts'
import type { Recorder } from '../trace/recorder.ts'
import type { TimelineOptions } from '../trace/timeline/timeline-options.ts'
import type { TestPlayer } from './test-player.ts'

export interface JoinOptions {
  /** Conditions of this player's line, from the first frame on. */
  readonly network?: NetworkConditions
  /** Replaces single options of the client, such as its storage, seat or credentials. */
  readonly client?: Partial<ClientOptions>
}

export interface UntilOptions {
  /** Of virtual time; 60,000 when left out. */
  readonly limitMs?: number
}

/**
 * A real server and real clients in one process: memory lines behind a seeded network, on a clock that only the test
 * moves. Everything that waits is done by its methods; nothing happens between their calls but what the test itself does.
 */
export interface TestPlace {
  readonly seed: number
  /** The server's place; another one after `restart`. */
  readonly server: Place
  /** The server's tree, `server.game`. */
  readonly game: DataModel
  readonly remote: Place['remote']
  /** For what the test itself times; it moves by `advance` and the others alone. */
  readonly clock: Clock
  readonly network: Network
  /** Keeps every message of this place. */
  readonly recorder: Recorder
  /** A way to the server for clients that the test makes itself, and strangers. */
  readonly transport: ClientTransport
  /** The replicas of those who are in, for `expectConverged`. */
  readonly witnesses: readonly Witness[]
  /** Those that wait now, of the server, the pages and the test, in the order in which they were set. */
  readonly timers: readonly WaitingTimer[]
  /** In the order in which they came, those who left included. */
  readonly players: readonly TestPlayer[]
  /** Throws 'unknownPlayer', which names those who are there. */
  player(name: string): TestPlayer
  /** Makes a player whose client is in when the promise resolves. Throws 'refused'. */
  join(name: string, options?: JoinOptions): Promise<TestPlayer>
  /** Makes a player who has not connected yet. */
  invite(name: string, options?: JoinOptions): TestPlayer
  /** Lets time pass: ticks, timers, frames, and the promises that wait for them. */
  advance(ms: number): Promise<void>
  /** Goes to the end of the next tick, and lets arrive what it sent without delay. */
  tick(): Promise<void>
  /** Runs what is due now, without moving time. */
  rest(): Promise<void>
  /** Goes on until a whole tick passes in which nothing travels; in a place that never rests, for ten seconds. */
  settle(): Promise<void>
  /** Goes on until the condition holds, which is looked at after each event. Throws 'didNotHappen', which says what. */
  until(what: string, condition: () => boolean, options?: UntilOptions): Promise<void>
  /** What a player, or one who is in no place, may see of the last commit: text for snapshot tests. */
  viewAs(player: string, options?: ViewTextOptions): string
  /** What travelled so far, as lines to read. */
  timeline(options?: TimelineOptions): string
  /** Takes out what was logged as warnings and errors so far, as what the test meant to cause. */
  takeLogged(): readonly string[]
  /** Ends this run of the server and starts another with the same scripts and an empty memory. Clients come back by themselves, a moment later: wait with `until`. */
  restart(): Promise<void>
  /** Every passing of time runs inside the envelope from now on, until the returned function is called. */
  wrap(envelope: Envelope): () => void
  /** Runs before the checks at the end, newest first; may return problems that fail the test. */
  onEnd(cleanup: () => readonly string[] | Promise<readonly string[]>): void
  /** Whether the end has begun. */
  readonly hasEnded: boolean
  /** Lets everything arrive, checks, and leaves nothing behind. Throws what the checks found. */
  [Symbol.asyncDispose](): Promise<void>
}
