import { setTimeout } from 'node:timers/promises'
import { monotonicMs } from '../harness/monotonic-time.ts'
import { findViewDifference } from './agreement.ts'
import type { GridWork } from './grid.ts'
import type { ViewsRest } from './server-commands.ts'
import type { ViewsClient } from './system.ts'
import { type ViewsSystemName, viewsSystems } from './systems.ts'

export type ViewsLoadCommands = ReturnType<typeof createViewsLoadCommands>

/** Viewers whose copy is not right by then do not agree. */
const patienceMs = 10_000

/** What a process full of viewers does; `join` comes first. */
export function createViewsLoadCommands() {
  const clients = new Map<number, ViewsClient>()
  return {
    async join(joining: {
      readonly system: ViewsSystemName
      readonly port: number
      readonly viewers: readonly number[]
    }): Promise<void> {
      const { join } = await viewsSystems[joining.system].load()
      for (const viewer of joining.viewers) {
        const client = await join?.({ port: joining.port, viewer })
        if (client !== undefined) clients.set(viewer, client)
      }
    },
    /** The differences of all viewers that do not have what they may see, and that alone. */
    async compare({
      state,
      cells,
      work,
    }: ViewsRest & { readonly work: GridWork }): Promise<readonly string[]> {
      const differences = (): readonly string[] =>
        [...clients].flatMap(([viewer, client]) => {
          const expected = { viewer, cells: cells[viewer] ?? [], state, work }
          return findViewDifference(client.state(), expected) ?? []
        })
      const endMs = monotonicMs() + patienceMs
      while (differences().length > 0 && monotonicMs() < endMs) await setTimeout(100)
      return differences()
    },
    close(): void {
      for (const client of clients.values()) client.close()
    },
  }
}
