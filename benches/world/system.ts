import type { Server } from 'node:http'
import type { Entity } from './entity.ts'
import type { Move } from './moves.ts'
import type { Precision, Workload } from './workload.ts'

/** What a system's server is given. */
export interface WorldServerSetting {
  readonly work: Workload
  /** The system attaches itself, so that all write through sockets that the bench counts; it may also open it, on any port of loopback. */
  readonly http: Server
  readonly entities: readonly Entity[]
  /** To be called once a tick, from the first on; the moves are to be written and sent in the same tick. */
  takeMoves(): readonly Move[]
}

/** A system's server, ticking. */
export interface WorldServer {
  /** Read from where the system keeps it, in the order of the entities. */
  state(): readonly Entity[]
  close(): Promise<void>
}

/** What one client is given. */
export interface WorldClientSetting {
  readonly port: number
  readonly precision: Precision
  /** To be called after each application of something that the server sent, with the pacemaker's y. */
  onApplied(tick: number): void
}

/** A client with a copy of its own. One that loses its line comes back by itself, as soon as its library lets it. */
export interface WorldClient {
  /** Its own copy, in the order of the entities. */
  state(): readonly Entity[]
  close(): void
}

/** The adapter of one system; each half is loaded only by the processes that run it. */
export interface WorldSystem {
  readonly serve: () => Promise<(setting: WorldServerSetting) => Promise<WorldServer>>
  /** Null for a system without clients. Resolves when the whole world has arrived. */
  readonly join: (() => Promise<(setting: WorldClientSetting) => Promise<WorldClient>>) | null
  /** The dependencies whose versions belong into the report. */
  readonly dependencies: readonly string[]
}
