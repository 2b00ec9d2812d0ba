import type { NetworkConditions } from '@banyan/protocol'
import type { Place } from '@banyan/server'
import type { TestHost } from '@banyan/testing/host'
import type { BrowserContextOptions } from '@playwright/test'
import type { WorldPlayer } from '../player/world-player.ts'

/** How players come. */
export interface Arrival {
  /** The page that they open, and are in once `players` resolves; none, and they sit before an empty one. */
  readonly path?: string
  /** Of their browsers, on top of the project's own. */
  readonly context?: BrowserContextOptions
}

/** A player for each name. */
export type PlayersOf<Given extends readonly unknown[]> = number extends Given['length']
  ? readonly WorldPlayer[]
  : Given extends readonly [infer First, ...infer Rest]
    ? First extends string
      ? [WorldPlayer, ...PlayersOf<Rest>]
      : PlayersOf<Rest>
    : []

/** Everybody in a test: players in browsers of their own, the server between them, and the lines that join them. */
export interface World {
  /** The host, with its network and all places that run. */
  readonly host: TestHost
  /** The origin of the pages. */
  readonly url: string
  /** The place that the first player opened, on the server. Throws 'unknownPlace' before that. */
  readonly place: Place
  /** Opens a browser for each name, one after the other, in the order of their joining; how they come stands last. */
  players<const Given extends readonly (string | Arrival)[]>(...given: Given): Promise<PlayersOf<Given>>
  /** Throws 'unknownPlayer' with the names of those who are here. */
  player(name: string): WorldPlayer
  /** The full address at which a player opens a path, for windows that the test opens itself. */
  addressOf(path: string, player: string): string
  /** Sets the conditions of a player's line, in both directions or in each; what is left out stays as it is. */
  network(player: WorldPlayer | string, conditions: NetworkConditions): Promise<void>
  /** Moves the server and all pages together, in virtual time. Throws 'realClock' where time is real. */
  advance(ms: number): Promise<void>
  /** Waits for something on the server, and lets virtual time pass for all; throws 'didNotHappen', naming it. */
  until(what: string, condition: () => boolean, options?: { readonly limitMs?: number }): Promise<void>
  /** Waits until every player's replica is what the server's tree shows them; throws 'diverged' with the first path that differs. */
  converged(options?: { readonly limitMs?: number }): Promise<void>
  /** Takes out the warnings and errors of the server so far, as those that the test means to cause; what is left fails the test. */
  takeLogged(): readonly string[]
  /** Called with each browser before its first window opens; those that are open already are not told of. */
  onBrowser(listener: (browser: Pick<WorldPlayer, 'context' | 'name'>) => void): void
}
