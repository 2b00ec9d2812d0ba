import { colyseusPackages } from '../harness/surroundings.ts'
import type { WorldSystem } from './system.ts'

/** Everything that replicates the world, in the order of a round. A peer is one more folder and one more entry. */
export const worldSystems = Object.freeze({
  idle: {
    serve: async () => (await import('./systems/idle/server.ts')).serveIdle,
    join: null,
    dependencies: [],
  },
  ws: {
    serve: async () => (await import('./systems/ws/server.ts')).serveWs,
    join: async () => (await import('./systems/ws/client.ts')).joinWs,
    dependencies: ['ws'],
  },
  'socket.io': {
    serve: async () => (await import('./systems/socket-io/server.ts')).serveSocketIo,
    join: async () => (await import('./systems/socket-io/client.ts')).joinSocketIo,
    dependencies: ['socket.io'],
  },
  colyseus: {
    serve: async () => (await import('./systems/colyseus/server.ts')).serveColyseus,
    join: async () => (await import('./systems/colyseus/client.ts')).joinColyseus,
    dependencies: colyseusPackages,
  },
  banyan: {
    serve: async () => (await import('./systems/banyan/server.ts')).serveBanyan,
    join: async () => (await import('./systems/banyan/client.ts')).joinBanyan,
    dependencies: [],
  },
}) satisfies Readonly<Record<string, WorldSystem>>

export type WorldSystemName = keyof typeof worldSystems
