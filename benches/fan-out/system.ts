import type { Server } from 'node:http'
import type { Entity, Move, Workload } from './world.ts'

/** What a system's server is given. */
export interface ServerSetting extends Workload {
  /** Listens already; the system attaches itself, so that all write through sockets that the bench counts. */
  readonly http: Server
  readonly world: readonly Entity[]
  readonly clients: number
  /** To be called once a tick, from the first on; the moves are to be written and sent in the same tick. */
  takeMoves(): readonly Move[]
}

/** A system's server, ticking. */
export interface FanOutServer {
  /** Read from where the system keeps it, in the order of the world. */
  state(): readonly Entity[]
  close(): Promise<void>
}

/** What one client is given. */
export interface ClientSetting {
  readonly port: number
  /** To be called after each application of something that the server sent, with the pacemaker's y. */
  onApplied(tick: number): void
}

/** A client with a copy of its own. */
export interface FanOutClient {
  /** Its own copy, in the order of the world. */
  state(): readonly Entity[]
  close(): void
}

/** The adapter of one system; each half is loaded only by the processes that run it. */
export interface System {
  readonly serve: () => Promise<(setting: ServerSetting) => Promise<FanOutServer>>
  /** Null for a system without clients. Resolves when the whole world has arrived. */
  readonly join: (() => Promise<(setting: ClientSetting) => Promise<FanOutClient>>) | null
  /** The dependency whose version belongs into the report. */
  readonly dependency: string | null
}
