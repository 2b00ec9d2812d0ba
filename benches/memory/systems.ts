import { colyseusPackages } from '../harness/surroundings.ts'
import type { SystemEntry } from '../harness/system-entry.ts'
import type { MemorySystem } from './system.ts'

/** Everything that keeps clients, in the order of a round. */
export const memorySystems = Object.freeze({
  ws: { load: async () => (await import('./systems/ws.ts')).ws, dependencies: ['ws'] },
  'bare socket.io': {
    load: async () => (await import('./systems/bare-socket-io.ts')).bareSocketIo,
    dependencies: ['socket.io'],
  },
  colyseus: {
    load: async () => (await import('./systems/colyseus.ts')).colyseus,
    dependencies: colyseusPackages,
  },
  banyan: { load: async () => (await import('./systems/banyan.ts')).banyan, dependencies: [] },
}) satisfies Readonly<Record<string, SystemEntry<MemorySystem>>>

export type MemorySystemName = keyof typeof memorySystems
