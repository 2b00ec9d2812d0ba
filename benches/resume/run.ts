import { setTimeout } from 'node:timers/promises'
import type { Outcome, RunSetting } from '../harness/bench.ts'
import { median } from '../harness/statistics.ts'
import { startWorker, type Worker } from '../harness/worker.ts'
import type { ServerCommands } from '../world/server-commands.ts'
import type { WorldSystemName } from '../world/systems.ts'
import type { Workload } from '../world/workload.ts'
import type { ResumeLoadCommands } from './load-commands.ts'
import { figuresOf, type ResumeQuantity, type Return } from './return.ts'

const outageMs = 500

/** How long the line holds between outages, and how long a client may take to come back. */
const steadyMs = 1000
const patienceMs = 20_000

/** Cuts the line of one client again and again while the world moves on, and measures each return. */
export async function runOutages(
  system: WorldSystemName,
  work: Workload,
  { isQuick, warmUpMs, nodeFlags }: RunSetting,
): Promise<Outcome<ResumeQuantity>> {
  const serverModule = new URL('../world/server-process.ts', import.meta.url)
  await using server = startWorker<ServerCommands>(serverModule, nodeFlags)
  await using load = startWorker<ResumeLoadCommands>(new URL('./load-process.ts', import.meta.url), nodeFlags)
  const port = await load.call('openLine', await server.call('open', { system, work }))
  await server.call('move', undefined)
  await load.call('join', { system, port, count: 1, precision: work.precision })
  await setTimeout(warmUpMs)

  const returns: Return[] = []
  for (let outage = 0; outage < (isQuick ? 1 : 7); outage++) returns.push(await oneOutage(load))
  const { state, lastTick, writtenMs } = await server.call('rest', undefined)
  const differences = await load.call('compare', { state, lastTick })
  await load.call('close', undefined)
  await load.call('closeLine', undefined)
  await server.call('close', undefined)

  const measured = returns.map((each) => figuresOf(each, writtenMs))
  const middle = (quantity: ResumeQuantity): number => median(measured.map((each) => each[quantity]))
  const figures = { applied: middle('applied'), bytes: middle('bytes'), excess: middle('excess') }
  return { figures, differences, notes: [] }
}

async function oneOutage(load: Worker<ResumeLoadCommands>): Promise<Return> {
  await load.call('see', undefined)
  await setTimeout(steadyMs)
  await load.call('outage', outageMs)
  const returnedMs = await whenReturned(load)
  await setTimeout(steadyMs)
  return { returnedMs, ...(await load.call('seen', undefined)) }
}

async function whenReturned(load: Worker<ResumeLoadCommands>): Promise<number> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
    const returnedMs = await load.call('returnedMs', undefined)
    if (returnedMs !== null) return returnedMs
    await setTimeout(50)
  }
  throw new Error(`cannot measure an outage: the client did not come back within ${patienceMs / 1000} s.`)
}
