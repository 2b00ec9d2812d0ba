import type { Outcome, RunSetting } from '../harness/bench.ts'
import { type Pool, shareOf, startPool } from '../harness/pool.ts'
import { percentile } from '../harness/statistics.ts'
import { startWorker, type Worker } from '../harness/worker.ts'
import type { RemotesLoadCommands } from './load-commands.ts'
import type { RemotesServerCommands } from './server-commands.ts'
import type { RemotesSystemName } from './systems.ts'

export type RemotesQuantity = 'p50' | 'p99' | 'rate' | 'cpu'

/** `count` is per client where clients send, and of broadcasts where the server does. */
export interface RemotesWork {
  readonly kind: 'echo' | 'flood' | 'broadcast'
  readonly clients: number
  readonly count: number
}

interface Running {
  readonly server: Worker<RemotesServerCommands>
  readonly load: Pool<RemotesLoadCommands>
  readonly work: RemotesWork
}

/** Runs one system in fresh processes; a tenth of the work comes first, for the compiler's sake. */
export async function runRemotes(
  system: RemotesSystemName,
  work: RemotesWork,
  { nodeFlags, processes }: RunSetting,
): Promise<Outcome<RemotesQuantity>> {
  const serverModule = new URL('./server-process.ts', import.meta.url)
  await using server = startWorker<RemotesServerCommands>(serverModule, nodeFlags)
  await using load = startPool<RemotesLoadCommands>({
    module: new URL('./load-process.ts', import.meta.url),
    count: Math.min(work.clients, processes ?? 2),
    nodeFlags,
  })
  const port = await server.call('open', { system, clients: work.clients })
  await load.each((worker, at) => {
    const count = shareOf(work.clients, { count: load.count, at })
    return worker.call('join', { system, port, count })
  })
  const running = { server, load, work }
  const outcome = await { echo: runEcho, flood: runFlood, broadcast: runBroadcast }[work.kind](running)
  await load.each((worker) => worker.call('close', undefined))
  await server.call('close', undefined)
  return { notes: [], ...outcome, figures: { ...noFigures, ...outcome.figures } }
}

type Measured = Pick<Outcome<RemotesQuantity>, 'differences'> & {
  readonly figures: Partial<Outcome<RemotesQuantity>['figures']>
}

const noFigures = Object.freeze({ p50: Number.NaN, p99: Number.NaN, rate: Number.NaN, cpu: Number.NaN })

async function runEcho({ load, work }: Running): Promise<Measured> {
  await load.each((worker) => worker.call('echo', Math.ceil(work.count / 10)))
  const tookMs = (await load.each((worker) => worker.call('echo', work.count))).flat()
  // An answer that is not the question's ends the run.
  return { figures: { p50: percentile(tookMs, 50), p99: percentile(tookMs, 99) }, differences: [] }
}

async function runFlood({ server, load, work }: Running): Promise<Measured> {
  const flood = async (perClient: number) => {
    const expected = perClient * work.clients
    const cpuMs = await server.call('cpuMs', undefined)
    const startedMs = await load.each((worker) => worker.call('flood', perClient))
    const { count, sum, lastMs } = await server.call('flooded', expected)
    const usedMs = (await server.call('cpuMs', undefined)) - cpuMs
    const expectedSum = (work.clients * perClient * (perClient + 1)) / 2
    return {
      figures: {
        rate: (count / (lastMs - Math.min(...startedMs))) * 1000,
        cpu: (usedMs * 1000) / count,
      },
      differences:
        count === expected && sum === expectedSum
          ? []
          : [`of ${expected} messages ${count} arrived, with a sum of ${sum} instead of ${expectedSum}`],
    }
  }
  await flood(Math.ceil(work.count / 10))
  return flood(work.count)
}

async function runBroadcast({ server, load, work }: Running): Promise<Measured> {
  const text = 'x'.repeat(64)
  const warmUp = Math.ceil(work.count / 10)
  const told = async (count: number, total: number) => {
    await server.call('broadcast', { text, count })
    return load.each((worker) => worker.call('heard', total))
  }
  await told(warmUp, warmUp)
  const cpuMs = await server.call('cpuMs', undefined)
  const heard = await told(work.count, warmUp + work.count)
  const usedMs = (await server.call('cpuMs', undefined)) - cpuMs
  const count = heard.reduce((sum, each) => sum + each.count, 0)
  const bytes = heard.reduce((sum, each) => sum + each.bytes, 0)
  const expected = (warmUp + work.count) * work.clients
  return {
    figures: { cpu: (usedMs * 1000) / (work.count * work.clients) },
    differences:
      count === expected && bytes === expected * text.length
        ? []
        : [`of ${expected} deliveries ${count} arrived, with ${bytes} bytes`],
  }
}
