import { startBeat } from '../../../harness/beat.ts'
import type { FanOutServer, ServerSetting } from '../../system.ts'

/** Chooses the moves and writes them into plain objects: what a process costs that tells nobody. */
export async function serveIdle({ world, tickHz, takeMoves }: ServerSetting): Promise<FanOutServer> {
  const entities = world.map((entity) => ({ ...entity }))
  const stop = startBeat({
    tickHz,
    run() {
      for (const { index, ...to } of takeMoves()) Object.assign(entities[index] ?? {}, to)
    },
  })
  return { state: () => entities, close: async () => stop() }
}
