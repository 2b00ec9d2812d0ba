import { type Commands, startWorker, type Worker } from './worker.ts'

/** Some processes of the same kind, which do the same at the same time. */
export interface Pool<Of extends Commands> {
  readonly count: number
  /** Runs a command in each of them; the results are in their order. */
  each<Result>(run: (worker: Worker<Of>, at: number) => Promise<Result>): Promise<Result[]>
  [Symbol.asyncDispose](): Promise<void>
}

export interface PoolOptions {
  readonly module: URL
  readonly count: number
  readonly nodeFlags: readonly string[]
}

export function startPool<Of extends Commands>({ module, count, nodeFlags }: PoolOptions): Pool<Of> {
  const stack = new AsyncDisposableStack()
  const workers = Array.from({ length: count }, () => stack.use(startWorker<Of>(module, nodeFlags)))
  return {
    count,
    each: (run) => Promise.all(workers.map(run)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** How many of `total` fall to one of `count`, as even as it gets. */
export function shareOf(total: number, { count, at }: { count: number; at: number }): number {
  return Math.floor(((at + 1) * total) / count) - Math.floor((at * total) / count)
}
