import { setTimeout } from 'node:timers/promises'
import type { Outcome, RunSetting } from '../harness/bench.ts'
import { shareOf, startPool } from '../harness/pool.ts'
import { percentile } from '../harness/statistics.ts'
import { startWorker } from '../harness/worker.ts'
import type { LoadCommands } from './load-commands.ts'
import type { ServerCommands } from './server-commands.ts'
import { type WorldSystemName, worldSystems } from './systems.ts'
import type { Workload } from './workload.ts'

/** What a world at a steady rate is measured by. */
export type SteadyQuantity = 'cpu' | 'bytes' | 'p50' | 'p99' | 'clientCpu'

/** Their columns, for reports. */
export const steadyColumns = Object.freeze([
  { quantity: 'cpu', label: 'server CPU ms/tick', digits: 2 },
  { quantity: 'bytes', label: 'bytes/client/tick', digits: 0 },
  { quantity: 'p50', label: 'p50 ms', digits: 2 },
  { quantity: 'p99', label: 'p99 ms', digits: 2 },
  { quantity: 'clientCpu', label: 'client CPU µs/patch', digits: 0 },
] as const)

/** Of all ticks that clients should have applied; below it they could not follow, and their figures are the machine's. */
const leastHeardShare = 0.98

/** Runs one system in fresh processes: joins, warms up, measures a window, rests, compares. */
export async function runSteadily(
  system: WorldSystemName,
  work: Workload,
  setting: RunSetting,
): Promise<Outcome<SteadyQuantity>> {
  const { warmUpMs, windowMs, nodeFlags, profilePath } = setting
  await using server = startWorker<ServerCommands>(new URL('./server-process.ts', import.meta.url), nodeFlags)
  const clients = worldSystems[system].join === null ? 0 : work.clients
  await using load = startPool<LoadCommands>({
    module: new URL('./load-process.ts', import.meta.url),
    count: clients === 0 ? 0 : (setting.processes ?? Math.ceil(clients / 100)),
    nodeFlags,
  })
  const port = await server.call('open', { system, work })
  await load.each((worker, at) => {
    const count = shareOf(clients, { count: load.count, at })
    return worker.call('join', { system, port, count, precision: work.precision })
  })

  const applying = Math.min(clients, work.applying ?? clients)
  if (applying < clients) {
    await load.each((worker, at) => worker.call('deafenAllBut', shareOf(applying, { count: load.count, at })))
  }

  await server.call('move', undefined)
  await setTimeout(warmUpMs)
  if (profilePath !== null) await server.call('profile', undefined)
  await load.each((worker) => worker.call('observe', undefined))
  const before = await server.call('sample', undefined)
  await setTimeout(windowMs)
  const after = await server.call('sample', undefined)
  const observed = await load.each((worker) => worker.call('observed', undefined))
  if (profilePath !== null) await server.call('endProfile', profilePath)

  const { state, lastTick, writtenMs } = await server.call('rest', undefined)
  const differences = await load.each((worker) => worker.call('compare', { state, lastTick }))
  await load.each((worker) => worker.call('close', undefined))
  await server.call('close', undefined)

  const ticks = after.ticks - before.ticks
  const arrivals = observed.flatMap((each) => each.arrivals)
  const latencies = arrivals.map(({ tick, appliedMs }) => appliedMs - (writtenMs[tick] ?? Number.NaN))
  const clientCpuMs = observed.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  return {
    figures: {
      cpu: (after.cpuMs - before.cpuMs) / ticks,
      bytes: (after.bytes - before.bytes) / ticks / clients,
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
      // The deaf ones' reading would be counted to those who apply.
      clientCpu: applying < clients ? Number.NaN : (clientCpuMs * 1000) / arrivals.length,
    },
    differences: differences.flat(),
    notes: work.movesPerTick === 0 ? [] : hurryNotes(arrivals.length / ticks / applying),
  }
}

function hurryNotes(heardShare: number): readonly string[] {
  if (Number.isNaN(heardShare) || heardShare >= leastHeardShare) return []
  return [
    `the machine was too busy: clients applied ${(heardShare * 100).toFixed(0)} % of the window's ticks one by one.`,
  ]
}
