import { colyseusPackages } from '../harness/surroundings.ts'
import type { SystemEntry } from '../harness/system-entry.ts'
import type { RemotesSystem } from './system.ts'

/** Everything that carries messages, in the order of a round. */
export const remotesSystems = Object.freeze({
  ws: { load: async () => (await import('./systems/ws.ts')).ws, dependencies: ['ws'] },
  'socket.io': {
    load: async () => (await import('./systems/socket-io.ts')).socketIo,
    dependencies: ['socket.io'],
  },
  'bare socket.io': {
    load: async () => (await import('./systems/bare-socket-io.ts')).bareSocketIo,
    dependencies: ['socket.io'],
  },
  colyseus: {
    load: async () => (await import('./systems/colyseus.ts')).colyseus,
    dependencies: colyseusPackages,
  },
  banyan: { load: async () => (await import('./systems/banyan.ts')).banyan, dependencies: [] },
}) satisfies Readonly<Record<string, SystemEntry<RemotesSystem>>>

export type RemotesSystemName = keyof typeof remotesSystems
