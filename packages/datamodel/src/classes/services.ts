import { defineClass } from '../schema/define-class.ts'
import { Players } from './players.ts'

/** Where the world lives; everyone sees it. */
export class Workspace extends defineClass('Workspace', { isService: true }) {}

/** Shared state and remotes; everyone sees it. */
export class ReplicatedStorage extends defineClass('ReplicatedStorage', { isService: true }) {}

/** What a client shows first, such as a loading screen; everyone sees it. */
export class ReplicatedFirst extends defineClass('ReplicatedFirst', { isService: true }) {}

/** The server's own things: their existence never reaches a client. */
export class ServerStorage extends defineClass('ServerStorage', { isService: true, visibleTo: 'nobody' }) {}

/** The server's own scripts: their existence never reaches a client. */
export class ServerScriptService extends defineClass('ServerScriptService', {
  isService: true,
  visibleTo: 'nobody',
}) {}

/** Templates that each player's PlayerGui gets copies of at the join. */
export class StarterGui extends defineClass('StarterGui', { isService: true }) {}

/** Templates that each player's Backpack gets copies of at the join. */
export class StarterPack extends defineClass('StarterPack', { isService: true }) {}

/** Settings and templates for players. */
export class StarterPlayer extends defineClass('StarterPlayer', { isService: true }) {}

/** Holds the Team instances. */
export class Teams extends defineClass('Teams', { isService: true }) {}

/** The services in the order that gives them their well-known ids; a change of it is a change of the wire. */
export const serviceClasses = {
  Workspace,
  Players,
  ReplicatedFirst,
  ReplicatedStorage,
  ServerStorage,
  ServerScriptService,
  StarterGui,
  StarterPack,
  StarterPlayer,
  Teams,
} as const

/** The name of a service. */
export type ServiceName = keyof typeof serviceClasses

/** Service instances by name. */
export type ServiceMap = { readonly [Name in ServiceName]: InstanceType<(typeof serviceClasses)[Name]> }
