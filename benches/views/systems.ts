import { colyseusPackages } from '../harness/surroundings.ts'
import type { SystemEntry } from '../harness/system-entry.ts'
import type { ViewsSystem } from './system.ts'

/** Everything that can show clients a part of a world, in the order of a round. */
export const viewsSystems = Object.freeze({
  idle: { load: async () => (await import('./systems/idle.ts')).idle, dependencies: [] },
  ws: { load: async () => (await import('./systems/ws.ts')).ws, dependencies: ['ws'] },
  'socket.io': {
    load: async () => (await import('./systems/socket-io.ts')).socketIo,
    dependencies: ['socket.io'],
  },
  colyseus: {
    load: async () => (await import('./systems/colyseus.ts')).colyseus,
    dependencies: colyseusPackages,
  },
  banyan: { load: async () => (await import('./systems/banyan.ts')).banyan, dependencies: [] },
}) satisfies Readonly<Record<string, SystemEntry<ViewsSystem>>>

export type ViewsSystemName = keyof typeof viewsSystems
