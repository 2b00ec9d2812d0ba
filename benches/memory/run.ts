import { setTimeout } from 'node:timers/promises'
import type { Outcome, RunSetting } from '../harness/bench.ts'
import type { Memory } from '../harness/memory.ts'
import { shareOf, startPool } from '../harness/pool.ts'
import { startWorker } from '../harness/worker.ts'
import type { ServerCommands } from '../world/server-commands.ts'
import type { Workload } from '../world/workload.ts'
import type { MemoryLoadCommands } from './load-commands.ts'
import type { MemoryServerCommands } from './server-commands.ts'
import { growthOf } from './soak-growth.ts'
import type { MemorySystemName } from './systems.ts'

export type MemoryQuantity = 'resident' | 'heap' | 'growth'

/** What is counted: idle clients, entities, or clients that come and go. */
export type MemoryWork =
  | { readonly kind: 'clients'; readonly count: number }
  | { readonly kind: 'entities'; readonly count: number }
  | {
      readonly kind: 'soak'
      readonly count: number
      readonly cycles: number
      /** Of the cycles, the first ones, which fill what is kept up to a bound. */
      readonly fillingCycles: number
      readonly samples: number
    }

type Figures = Outcome<MemoryQuantity>['figures']

/** Until what was closed is gone, and what came later has come. */
const settleMs = 1000

const withGc = (nodeFlags: readonly string[]): readonly string[] => [...nodeFlags, '--expose-gc']

export async function runMemory(
  system: MemorySystemName,
  work: MemoryWork,
  setting: RunSetting,
): Promise<Outcome<MemoryQuantity>> {
  const none = { resident: Number.NaN, heap: Number.NaN, growth: Number.NaN }
  const figures =
    work.kind === 'entities'
      ? await runEntities(system, work.count, setting)
      : await runVisitors(system, work, setting)
  return { figures: { ...none, ...figures }, differences: [], notes: [] }
}

/** Two servers that differ by the entities alone, so that buffers and code are counted in neither. */
async function runEntities(
  system: MemorySystemName,
  count: number,
  { nodeFlags }: RunSetting,
): Promise<Partial<Figures>> {
  if (system === 'bare socket.io') throw new Error('cannot count entities of a system without any')
  const few = 100
  const measure = async (entities: number): Promise<Memory> => {
    const module = new URL('../world/server-process.ts', import.meta.url)
    await using server = startWorker<ServerCommands>(module, withGc(nodeFlags))
    const work: Workload = { clients: 1, entities, movesPerTick: 0, tickHz: 20, precision: 'single' }
    await server.call('open', { system, work })
    await setTimeout(settleMs)
    const memory = await server.call('memory', undefined)
    await server.call('close', undefined)
    return memory
  }
  return difference(await measure(few), await measure(few + count))
}

async function runVisitors(
  system: MemorySystemName,
  work: Exclude<MemoryWork, { readonly kind: 'entities' }>,
  { nodeFlags, processes }: RunSetting,
): Promise<Partial<Figures>> {
  const serverModule = new URL('./server-process.ts', import.meta.url)
  await using server = startWorker<MemoryServerCommands>(serverModule, withGc(nodeFlags))
  await using load = startPool<MemoryLoadCommands>({
    module: new URL('./load-process.ts', import.meta.url),
    count: Math.min(work.count, processes ?? 2),
    nodeFlags,
  })
  const port = await server.call('open', { system, visitors: work.count + 1 })
  const visit = (total: number) =>
    load.each((worker, at) =>
      worker.call('visit', { system, port, count: shareOf(total, { count: load.count, at }) }),
    )
  const leave = async () => {
    await load.each((worker) => worker.call('leave', undefined))
    await setTimeout(settleMs / 10)
  }

  // The first ones bring the code with them.
  await visit(load.count)
  await setTimeout(settleMs)
  if (work.kind === 'clients') {
    const before = await server.call('memory', undefined)
    await visit(work.count - load.count)
    await setTimeout(settleMs)
    const { resident = 0, heap = 0 } = difference(before, await server.call('memory', undefined))
    await leave()
    return { resident: resident / (work.count - load.count), heap: heap / (work.count - load.count) }
  }

  await leave()
  const heaps: number[] = []
  const samplingCycles = Math.ceil((work.cycles - work.fillingCycles) / work.samples)
  for (let cycle = 1; cycle <= work.cycles; cycle++) {
    await visit(work.count)
    await leave()
    if (cycle <= work.fillingCycles || (cycle - work.fillingCycles) % samplingCycles !== 0) continue
    await setTimeout(settleMs)
    heaps.push((await server.call('memory', undefined)).heapKb)
  }
  return { growth: growthOf(heaps), heap: heaps.at(-1) ?? Number.NaN }
}

function difference(before: Memory, after: Memory): Partial<Figures> {
  return { resident: after.residentKb - before.residentKb, heap: after.heapKb - before.heapKb }
}
