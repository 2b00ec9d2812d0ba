import type { Audiences, Clock, DataModel, Random, ServiceMap, Signal } from '@banyan/datamodel'
import type { RemoteLookup } from '../remotes/remote-handle.ts'
import type { Tasks } from '../tasks/task.ts'

/** What a script works with: one place, and nothing of any other. */
export interface ScriptScope {
  readonly game: DataModel
  readonly workspace: ServiceMap['Workspace']
  readonly players: ServiceMap['Players']
  readonly replicatedFirst: ServiceMap['ReplicatedFirst']
  readonly replicatedStorage: ServiceMap['ReplicatedStorage']
  readonly serverStorage: ServiceMap['ServerStorage']
  readonly serverScriptService: ServiceMap['ServerScriptService']
  readonly starterGui: ServiceMap['StarterGui']
  readonly starterPack: ServiceMap['StarterPack']
  readonly starterPlayer: ServiceMap['StarterPlayer']
  readonly teams: ServiceMap['Teams']
  /** Who may see what beyond players and teams; the place's own, so that its scripts share them by name. */
  readonly audiences: Audiences
  readonly remote: RemoteLookup
  readonly task: Tasks
  /** Fires once a tick, before the tick's commit, with the milliseconds since the last one. */
  readonly heartbeat: Signal<[elapsedMs: number]>
  readonly clock: Clock
  readonly random: Random
  /** Aborts when the place stops; hand it to whatever waits. */
  readonly signal: AbortSignal
}

/** Runs when its place stops. */
export type Cleanup = () => void

/** The body of a script; may return how to clean up, or a promise of it. */
export type ScriptBody = (scope: ScriptScope) => void | Cleanup | Promise<void> | Promise<Cleanup>

/** Server code of a place, without state of its own: each place runs it once, in a scope of its own. */
export interface Script {
  readonly run: ScriptBody
}

/** Describes a script; nothing runs until a place is made with it. */
export function script(run: ScriptBody): Script {
  return Object.freeze({ run })
}
