import { setTimeout } from 'node:timers/promises'
import { percentile } from '../harness/statistics.ts'
import { startWorker } from '../harness/worker.ts'
import type { LoadCommands } from './load-commands.ts'
import type { ServerCommands } from './server-commands.ts'
import { type SystemName, systems } from './systems.ts'

/** How long and with how many. */
export interface RunSetting {
  readonly clients: number
  /** Processes that the clients are spread over. */
  readonly loadProcesses: number
  readonly warmUpMs: number
  readonly windowMs: number
  /** Flags for Node in both processes. */
  readonly nodeFlags: readonly string[]
  /** Where to write a profile of the server's window, which slows it down; null for none. */
  readonly profilePath: string | null
}

/** What one run of one system measured. Numbers that need clients are NaN where there are none. */
export interface RunResult {
  readonly ticks: number
  readonly serverCpuMsPerTick: number
  readonly bytesPerClientPerTick: number
  readonly latencyP50Ms: number
  readonly latencyP99Ms: number
  readonly clientCpuMsPerPatch: number
  /** Of the ticks that every client should have applied one by one, the part that was; less on a machine that is too busy. */
  readonly heardShare: number
  /** One sentence for each client whose state is not the server's. */
  readonly differences: readonly string[]
}

/** Runs one system in fresh processes: joins, warms up, measures, rests, compares. */
export async function runSystem(system: SystemName, setting: RunSetting): Promise<RunResult> {
  await using server = startWorker<ServerCommands>(
    new URL('./server-process.ts', import.meta.url),
    setting.nodeFlags,
  )
  await using load = startLoad(systems[system].join === null ? 0 : setting.loadProcesses, setting.nodeFlags)
  const clients = load.count === 0 ? 0 : setting.clients
  const port = await server.call('open', { system, clients })
  await load.each((worker, at) =>
    worker.call('join', { system, port, count: shareOf(clients, load.count, at) }),
  )

  await server.call('move', undefined)
  await setTimeout(setting.warmUpMs)
  if (setting.profilePath !== null) await server.call('profile', undefined)
  await load.each((worker) => worker.call('observe', undefined))
  const before = await server.call('sample', undefined)
  await setTimeout(setting.windowMs)
  const after = await server.call('sample', undefined)
  const observed = await load.each((worker) => worker.call('observed', undefined))
  if (setting.profilePath !== null) await server.call('endProfile', setting.profilePath)

  const { state, lastTick, writtenMs } = await server.call('rest', undefined)
  const differences = await load.each((worker) => worker.call('compare', { state, lastTick }))
  await load.each((worker) => worker.call('close', undefined))
  await server.call('close', undefined)

  const ticks = after.ticks - before.ticks
  const arrivals = observed.flatMap((each) => each.arrivals)
  const latencies = arrivals.map(({ tick, appliedMs }) => appliedMs - (writtenMs[tick] ?? Number.NaN))
  return {
    ticks,
    serverCpuMsPerTick: (after.cpuMs - before.cpuMs) / ticks,
    bytesPerClientPerTick: (after.bytes - before.bytes) / ticks / clients,
    latencyP50Ms: percentile(latencies, 50),
    latencyP99Ms: percentile(latencies, 99),
    clientCpuMsPerPatch: observed.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / arrivals.length,
    heardShare: arrivals.length / ticks / clients,
    differences: differences.flat(),
  }
}

function startLoad(count: number, nodeFlags: readonly string[]) {
  const stack = new AsyncDisposableStack()
  const workers = Array.from({ length: count }, () =>
    stack.use(startWorker<LoadCommands>(new URL('./load-process.ts', import.meta.url), nodeFlags)),
  )
  return {
    count,
    each: <Result>(
      run: (worker: (typeof workers)[number], at: number) => Promise<Result>,
    ): Promise<Result[]> => Promise.all(workers.map(run)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** As even as it gets. */
function shareOf(clients: number, processes: number, at: number): number {
  return Math.floor(((at + 1) * clients) / processes) - Math.floor((at * clients) / processes)
}
