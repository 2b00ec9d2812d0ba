import { setTimeout } from 'node:timers/promises'
import type { Outcome, RunSetting } from '../harness/bench.ts'
import { shareOf, startPool } from '../harness/pool.ts'
import { median } from '../harness/statistics.ts'
import { startWorker } from '../harness/worker.ts'
import type { LoadCommands } from '../world/load-commands.ts'
import type { ServerCommands } from '../world/server-commands.ts'
import type { WorldSystemName } from '../world/systems.ts'
import type { Workload } from '../world/workload.ts'

/** `clients` of the workload join at once. */
export type JoinWork = Workload

/** What each measured join tells. */
type EachQuantity = 'joined' | 'bytes' | 'cpu' | 'block'

export type JoinQuantity = EachQuantity | 'firstBlock'

/** Joins of one server; the first two only make the compiler's acquaintance. */
const repetitions = Object.freeze({ unmeasured: 2, measured: 5 })

/** What left with the changes, so that it is not counted as a join's. */
const settleMs = 150

/** Opens one world, lets clients join it again and again, each time after a tick of changes, and compares what they got. */
export async function runJoins(
  system: WorldSystemName,
  work: JoinWork,
  { isQuick, nodeFlags, processes, profilePath }: RunSetting,
): Promise<Outcome<JoinQuantity>> {
  const world = new URL('../world/', import.meta.url)
  await using server = startWorker<ServerCommands>(new URL('server-process.ts', world), nodeFlags)
  await using load = startPool<LoadCommands>({
    module: new URL('load-process.ts', world),
    count: Math.min(work.clients, processes ?? 1),
    nodeFlags,
  })
  const port = await server.call('open', { system, work })
  const measured: Record<EachQuantity, number>[] = []
  let firstBlock = Number.NaN
  const differences: string[] = []
  const { unmeasured } = repetitions
  const joins = unmeasured + (isQuick ? 1 : repetitions.measured)
  for (let join = 0; join < joins; join++) {
    if (profilePath !== null && join === unmeasured) await server.call('profile', undefined)
    await server.call('step', undefined)
    await setTimeout(settleMs)
    const before = await server.call('sample', undefined)
    await server.call('watch', undefined)
    const joinedMs = await load.each((worker, at) => {
      const count = shareOf(work.clients, { count: load.count, at })
      return worker.call('joinTogether', { system, port, count, precision: work.precision })
    })
    // A system may go on writing after its clients have the world, such as news of who joined.
    await setTimeout(settleMs)
    const block = await server.call('longestBlockMs', undefined)
    if (join === 0) firstBlock = block
    const after = await server.call('sample', undefined)
    const { state, lastTick } = await server.call('rest', undefined)
    const found = await load.each((worker) => worker.call('compare', { state, lastTick }))
    differences.push(...found.flat())
    await load.each((worker) => worker.call('close', undefined))
    await setTimeout(settleMs)
    if (join < unmeasured) continue
    measured.push({
      joined: Math.max(...joinedMs),
      bytes: (after.bytes - before.bytes) / work.clients,
      cpu: (after.cpuMs - before.cpuMs) / work.clients,
      block,
    })
  }
  if (profilePath !== null) await server.call('endProfile', profilePath)
  await server.call('close', undefined)
  const middle = (quantity: EachQuantity): number => median(measured.map((each) => each[quantity]))
  return {
    figures: {
      joined: middle('joined'),
      bytes: middle('bytes'),
      cpu: middle('cpu'),
      block: middle('block'),
      firstBlock,
    },
    differences,
    notes: [],
  }
}
