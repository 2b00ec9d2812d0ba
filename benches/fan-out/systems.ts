import type { System } from './system.ts'

/** Everything that is measured, in the order of a round. A peer is one more folder and one more entry. */
export const systems = Object.freeze({
  idle: {
    serve: async () => (await import('./systems/idle/server.ts')).serveIdle,
    join: null,
    dependency: null,
  },
  ws: {
    serve: async () => (await import('./systems/ws/server.ts')).serveWs,
    join: async () => (await import('./systems/ws/client.ts')).joinWs,
    dependency: 'ws',
  },
  banyan: {
    serve: async () => (await import('./systems/banyan/server.ts')).serveBanyan,
    join: async () => (await import('./systems/banyan/client.ts')).joinBanyan,
    dependency: null,
  },
}) satisfies Readonly<Record<string, System>>

export type SystemName = keyof typeof systems
