import { setTimeout } from 'node:timers/promises'
import type { Outcome, RunSetting } from '../harness/bench.ts'
import { startPool } from '../harness/pool.ts'
import { startWorker } from '../harness/worker.ts'
import type { GridWork } from './grid.ts'
import type { ViewsLoadCommands } from './load-commands.ts'
import type { ViewsServerCommands } from './server-commands.ts'
import type { ViewsSystemName } from './systems.ts'

export type ViewsQuantity = 'cpu' | 'bytes'

/** Runs one system in fresh processes: joins, warms up, measures a window, rests, compares. */
export async function runViews(
  system: ViewsSystemName,
  work: GridWork,
  { warmUpMs, windowMs, nodeFlags, processes, profilePath }: RunSetting,
): Promise<Outcome<ViewsQuantity>> {
  const serverModule = new URL('./server-process.ts', import.meta.url)
  await using server = startWorker<ViewsServerCommands>(serverModule, nodeFlags)
  await using load = startPool<ViewsLoadCommands>({
    module: new URL('./load-process.ts', import.meta.url),
    count: system === 'idle' ? 0 : (processes ?? Math.ceil(work.viewers / 100)),
    nodeFlags,
  })
  const port = await server.call('open', { system, work })
  await load.each((worker, at) => {
    const viewers = Array.from({ length: work.viewers }, (_, viewer) => viewer)
    return worker.call('join', { system, port, viewers: viewers.filter((each) => each % load.count === at) })
  })

  await server.call('move', undefined)
  await setTimeout(warmUpMs)
  if (profilePath !== null) await server.call('profile', undefined)
  const before = await server.call('sample', undefined)
  await setTimeout(windowMs)
  const after = await server.call('sample', undefined)
  if (profilePath !== null) await server.call('endProfile', profilePath)
  const rest = await server.call('rest', undefined)
  const differences = await load.each((worker) => worker.call('compare', { ...rest, work }))
  await load.each((worker) => worker.call('close', undefined))
  await server.call('close', undefined)

  const ticks = after.ticks - before.ticks
  return {
    figures: {
      cpu: (after.cpuMs - before.cpuMs) / ticks,
      bytes: system === 'idle' ? Number.NaN : (after.bytes - before.bytes) / ticks / work.viewers,
    },
    differences: differences.flat(),
    notes: [],
  }
}
