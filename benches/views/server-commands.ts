import { createCountedServer } from '../harness/counted-server.ts'
import { startProfile } from '../harness/cpu-profile.ts'
import { createEntities, type Entity } from '../world/entity.ts'
import { createMoves, type Move } from '../world/moves.ts'
import { createGrid, type Grid, type GridWork } from './grid.ts'
import type { ViewsServer, ViewsTick } from './system.ts'
import { type ViewsSystemName, viewsSystems } from './systems.ts'

export type ViewsServerCommands = ReturnType<typeof createViewsServerCommands>

/** How a run ended on the server: its state, and the cells of each viewer. */
export interface ViewsRest {
  readonly state: readonly Entity[]
  readonly cells: readonly (readonly number[])[]
}

/** What the server process of one run does; `open` comes first. */
export function createViewsServerCommands() {
  const counted = createCountedServer()
  let nextMoves: (tick: number) => readonly Move[] = () => []
  let grid: Grid | null = null
  let viewers = 0
  let server: ViewsServer | null = null
  let isMoving = false
  let ticks = 0
  let endProfile = async (_path: string): Promise<void> => {}

  function takeTick(): ViewsTick {
    if (!isMoving) return { moves: [], steps: [] }
    ticks += 1
    return { moves: nextMoves(ticks), steps: grid?.step() ?? [] }
  }

  return {
    /** Returns the port. */
    async open({ system, work }: { system: ViewsSystemName; work: GridWork }): Promise<number> {
      const { serve } = await viewsSystems[system].load()
      const world = { ...work, clients: work.viewers, precision: 'single' } as const
      const made = createGrid(work)
      grid = made
      viewers = work.viewers
      nextMoves = createMoves(world)
      server = await serve({
        work,
        http: counted.http,
        entities: createEntities(world),
        cellsOf: made.cellsOf,
        takeTick,
      })
      return counted.listen()
    },
    move(): void {
      isMoving = true
    },
    async profile(): Promise<void> {
      endProfile = await startProfile()
    },
    async endProfile(path: string): Promise<void> {
      await endProfile(path)
    },
    sample(): { readonly ticks: number; readonly cpuMs: number; readonly bytes: number } {
      const { user, system } = process.cpuUsage()
      return { ticks, cpuMs: (user + system) / 1000, bytes: counted.bytesWritten() }
    },
    /** Ends between two ticks, so what was written was sent. */
    rest(): ViewsRest {
      isMoving = false
      const cells = Array.from({ length: viewers }, (_, viewer) => grid?.cellsOf(viewer) ?? [])
      return { state: server?.state() ?? [], cells }
    },
    async close(): Promise<void> {
      await server?.close()
    },
  }
}
