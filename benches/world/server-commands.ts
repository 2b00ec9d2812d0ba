import { setTimeout } from 'node:timers/promises'
import { watchBlocks } from '../harness/block-watch.ts'
import { createCountedServer } from '../harness/counted-server.ts'
import { startProfile } from '../harness/cpu-profile.ts'
import { type Memory, measureMemory } from '../harness/memory.ts'
import { monotonicMs } from '../harness/monotonic-time.ts'
import { createEntities, type Entity } from './entity.ts'
import { createMoves, type Move } from './moves.ts'
import type { WorldServer } from './system.ts'
import { type WorldSystemName, worldSystems } from './systems.ts'
import type { Workload } from './workload.ts'

/** Counts since the start of the process. */
export interface ServerSample {
  readonly ticks: number
  readonly cpuMs: number
  readonly bytes: number
}

/** How a run ended on the server. */
export interface ServerRest {
  readonly state: readonly Entity[]
  /** What the pacemaker's y is: zero where nothing ever moves. */
  readonly lastTick: number
  /** When the moves of a tick were given out, by its number. */
  readonly writtenMs: readonly number[]
}

export type ServerCommands = ReturnType<typeof createServerCommands>

/** What the server process of one run does; `open` comes first. */
export function createServerCommands() {
  const counted = createCountedServer()
  const writtenMs: number[] = []
  let nextMoves: (tick: number) => readonly Move[] = () => []
  let isMoving = false
  let hasSteps = 0
  let ticks = 0
  let lastTick = 0
  let server: WorldServer | null = null
  let endProfile = async (_path: string): Promise<void> => {}
  let endWatch = (): number => Number.NaN

  function takeMoves(): readonly Move[] {
    if (!isMoving && hasSteps === 0) return []
    hasSteps = Math.max(0, hasSteps - 1)
    ticks += 1
    const moves = nextMoves(ticks)
    if (moves.length > 0) lastTick = ticks
    writtenMs[ticks] = monotonicMs()
    return moves
  }

  return {
    /** Returns the port. */
    async open({ system, work }: { system: WorldSystemName; work: Workload }): Promise<number> {
      const serve = await worldSystems[system].serve()
      nextMoves = createMoves(work)
      server = await serve({ work, http: counted.http, entities: createEntities(work), takeMoves })
      return counted.listen()
    },
    move(): void {
      isMoving = true
    },
    /** The moves of one tick alone. */
    async step(): Promise<void> {
      hasSteps += 1
      while (hasSteps > 0) await setTimeout(5)
    },
    sample(): ServerSample {
      const { user, system } = process.cpuUsage()
      return { ticks, cpuMs: (user + system) / 1000, bytes: counted.bytesWritten() }
    },
    watch(): void {
      endWatch = watchBlocks()
    },
    /** The longest stretch since `watch` during which the process answered nothing. */
    longestBlockMs(): number {
      return endWatch()
    },
    memory(): Promise<Memory> {
      return measureMemory()
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
      return { state: server?.state() ?? [], lastTick, writtenMs }
    },
    async close(): Promise<void> {
      await server?.close()
    },
  }
}
