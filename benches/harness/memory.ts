import { setTimeout } from 'node:timers/promises'

/** What a process holds after the garbage is gone. */
export interface Memory {
  /** Resident pages: what the machine has to have. */
  readonly residentKb: number
  /** JavaScript objects and buffers. */
  readonly heapKb: number
}

/** Needs `--expose-gc`. Collects several times, because finalizers free more. */
export async function measureMemory(): Promise<Memory> {
  if (globalThis.gc === undefined)
    throw new Error('cannot measure memory: garbage stays. Start Node with --expose-gc.')
  for (let round = 0; round < 4; round++) {
    globalThis.gc()
    await setTimeout(30)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { residentKb: rss / 1024, heapKb: (heapUsed + external) / 1024 }
}
