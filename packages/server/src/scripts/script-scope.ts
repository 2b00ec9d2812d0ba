import type { PlaceSettings } from '../place/place-options.ts'
import type { World } from '../place/world.ts'
import type { ScriptScope } from './script.ts'

/** What the scripts of one place share. */
export function createScriptScope(settings: PlaceSettings, world: World, signal: AbortSignal): ScriptScope {
  const { game } = world
  return Object.freeze({
    game,
    workspace: game.getService('Workspace'),
    players: game.getService('Players'),
    replicatedFirst: game.getService('ReplicatedFirst'),
    replicatedStorage: game.getService('ReplicatedStorage'),
    serverStorage: game.getService('ServerStorage'),
    serverScriptService: game.getService('ServerScriptService'),
    starterGui: game.getService('StarterGui'),
    starterPack: game.getService('StarterPack'),
    starterPlayer: game.getService('StarterPlayer'),
    teams: game.getService('Teams'),
    audiences: world.audiences,
    remote: world.remote,
    task: world.scheduler.tasks,
    heartbeat: world.heartbeat,
    clock: settings.clock,
    random: settings.random,
    signal,
  })
}
