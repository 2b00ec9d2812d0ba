import { setTimeout } from 'node:timers/promises'
import { startBeat } from '../harness/beat.ts'
import { createCountedServer } from '../harness/counted-server.ts'
import { monotonicMs } from '../harness/monotonic-time.ts'
import type { RemotesServer } from './system.ts'
import { type RemotesSystemName, remotesSystems } from './systems.ts'

export type RemotesServerCommands = ReturnType<typeof createRemotesServerCommands>

/** What arrived of a flood. */
export interface Flooded {
  readonly count: number
  readonly sum: number
  readonly lastMs: number
}

/** One broadcast a tick. */
const broadcastHz = 60

/** What the server process of one run does; `open` comes first. */
export function createRemotesServerCommands() {
  let server: RemotesServer | null = null
  let flooded: Flooded = { count: 0, sum: 0, lastMs: 0 }
  const onFlood = (value: number): void => {
    flooded = { count: flooded.count + 1, sum: flooded.sum + value, lastMs: monotonicMs() }
  }
  return {
    /** Returns the port. */
    async open({ system, clients }: { system: RemotesSystemName; clients: number }): Promise<number> {
      const counted = createCountedServer()
      const { serve } = await remotesSystems[system].load()
      server = await serve({ http: counted.http, clients, onFlood })
      return counted.listen()
    },
    cpuMs(): number {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000
    },
    /** Resolves once so many have arrived since the last call, or nothing has for ten seconds. */
    async flooded(expected: number): Promise<Flooded> {
      const startMs = monotonicMs()
      while (flooded.count < expected && monotonicMs() - Math.max(startMs, flooded.lastMs) < 10_000) {
        await setTimeout(2)
      }
      const taken = flooded
      flooded = { count: 0, sum: 0, lastMs: 0 }
      return taken
    },
    /** Tells everyone the same at a steady rate. */
    async broadcast({ text, count }: { text: string; count: number }): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      let left = count
      const stop = startBeat({
        tickHz: broadcastHz,
        run() {
          server?.broadcast(text)
          left -= 1
          if (left > 0) return
          stop()
          resolve()
        },
      })
      await promise
    },
    async close(): Promise<void> {
      await server?.close()
    },
  }
}
