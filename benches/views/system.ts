import type { Server } from 'node:http'
import type { Entity } from '../world/entity.ts'
import type { Move } from '../world/moves.ts'
import type { GridWork, ViewStep } from './grid.ts'

/** What happens in one tick. */
export interface ViewsTick {
  readonly moves: readonly Move[]
  readonly steps: readonly ViewStep[]
}

/** What a system's server is given. */
export interface ViewsServerSetting {
  readonly work: GridWork
  /** The system attaches itself; it may also open it, on any port of loopback. */
  readonly http: Server
  /** All coordinates are exact singles. */
  readonly entities: readonly Entity[]
  /** The cells that a viewer sees when it arrives; it is told of the others by steps. */
  cellsOf(viewer: number): readonly number[]
  /** To be called once a tick, from the first on; all of it is to be written and sent in the same tick. */
  takeTick(): ViewsTick
}

export interface ViewsServer {
  /** Read from where the system keeps it, in the order of the entities. */
  state(): readonly Entity[]
  close(): Promise<void>
}

export interface ViewsClient {
  /** Its own copy of what it sees, in any order. */
  state(): readonly Entity[]
  close(): void
}

/** The adapter of one system; `join` is null for one without clients. */
export interface ViewsSystem {
  readonly serve: (setting: ViewsServerSetting) => Promise<ViewsServer>
  readonly join:
    | ((setting: { readonly port: number; readonly viewer: number }) => Promise<ViewsClient>)
    | null
}
