import { startBeat } from '../../harness/beat.ts'
import type { ViewsSystem } from '../system.ts'

/** Chooses moves and steps, and writes the moves into plain objects: what a process costs that tells nobody. */
export const idle: ViewsSystem = {
  async serve({ entities, work, takeTick }) {
    const kept = entities.map((entity) => ({ ...entity }))
    const stop = startBeat({
      tickHz: work.tickHz,
      run() {
        for (const { index, ...to } of takeTick().moves) Object.assign(kept[index] ?? {}, to)
      },
    })
    return { state: () => kept, close: async () => stop() }
  },
  join: null,
}
