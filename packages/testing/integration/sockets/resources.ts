import { rest } from './monotonic-time.ts'

/** What a process holds, after a collection of its garbage. */
export interface Resources {
  readonly heapBytes: number
  /** Of buffers, which lie outside of the heap. */
  readonly bufferBytes: number
  readonly residentBytes: number
  /** Open sockets, servers and timers, by their kind. */
  readonly handles: Readonly<Record<string, number>>
  readonly processListeners: number
}

/** Needs `--expose-gc`. Some rest lets what has closed tell so, and finalizers run. */
export async function takeResources(): Promise<Resources> {
  for (let time = 0; time < 3; time += 1) {
    await rest(50)
    globalThis.gc?.()
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  return {
    heapBytes: heapUsed,
    bufferBytes: arrayBuffers,
    residentBytes: rss,
    handles: countHandles(),
    processListeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
  }
}

function countHandles(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) {
    // Timers come and go with whatever waits; the number of a place's own is not the platform's to tell.
    if (kind !== 'Timeout' && kind !== 'Immediate') counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

/** What of the handles is more than before. */
export function handlesLeft(before: Resources, after: Resources): readonly string[] {
  const left = Object.entries(after.handles)
    .map(([kind, count]) => [kind, count - (before.handles[kind] ?? 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} of ${kind}`)
  const listeners = after.processListeners - before.processListeners
  return listeners > 0 ? [...left, `${listeners} listeners of the process`] : left
}
