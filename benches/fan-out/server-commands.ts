import { openCountedServer } from '../harness/counted-server.ts'
import { startProfile } from '../harness/cpu-profile.ts'
import { monotonicMs } from '../harness/monotonic-time.ts'
import type { FanOutServer } from './system.ts'
import { type SystemName, systems } from './systems.ts'
import { createEntities, createMoves, type Entity, workload } from './world.ts'

/** Counts since the start of the process. */
export interface ServerSample {
  readonly ticks: number
  readonly cpuMs: number
  readonly bytes: number
}

/** How a run ended on the server. */
export interface ServerRest {
  readonly state: readonly Entity[]
  readonly lastTick: number
  /** When the moves of a tick were given out, by its number. */
  readonly writtenMs: readonly number[]
}

export type ServerCommands = ReturnType<typeof createServerCommands>

/** What the server process of one run does; `open` comes first. */
export function createServerCommands() {
  const nextMoves = createMoves(workload)
  const writtenMs: number[] = []
  let isMoving = false
  let ticks = 0
  let server: FanOutServer | null = null
  let bytesWritten = (): number => 0
  let endProfile = async (_path: string): Promise<void> => {}

  function takeMoves() {
    if (!isMoving) return []
    ticks += 1
    const moves = nextMoves(ticks)
    writtenMs[ticks] = monotonicMs()
    return moves
  }

  return {
    /** Returns the port. */
    async open({ system, clients }: { system: SystemName; clients: number }): Promise<number> {
      const serve = await systems[system].serve()
      const counted = await openCountedServer()
      bytesWritten = counted.bytesWritten
      const world = createEntities(workload.entities)
      server = await serve({ ...workload, http: counted.http, world, clients, takeMoves })
      return counted.port
    },
    move(): void {
      isMoving = true
    },
    sample(): ServerSample {
      const { user, system } = process.cpuUsage()
      return { ticks, cpuMs: (user + system) / 1000, bytes: bytesWritten() }
    },
    async profile(): Promise<void> {
      endProfile = await startProfile()
    },
    async endProfile(path: string): Promise<void> {
      await endProfile(path)
    },
    /** Ends between two ticks, so what was written was sent. */
    rest(): ServerRest {
      isMoving = false
      return { state: server?.state() ?? [], lastTick: ticks, writtenMs }
    },
    async close(): Promise<void> {
      await server?.close()
    },
  }
}
