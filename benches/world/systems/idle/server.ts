import { startBeat } from '../../../harness/beat.ts'
import type { WorldServer, WorldServerSetting } from '../../system.ts'

/** Chooses the moves and writes them into plain objects: what a process costs that tells nobody. */
export async function serveIdle({ entities, work, takeMoves }: WorldServerSetting): Promise<WorldServer> {
  const kept = entities.map((entity) => ({ ...entity }))
  const stop = startBeat({
    tickHz: work.tickHz,
    run() {
      for (const { index, ...to } of takeMoves()) Object.assign(kept[index] ?? {}, to)
    },
  })
  return { state: () => kept, close: async () => stop() }
}
