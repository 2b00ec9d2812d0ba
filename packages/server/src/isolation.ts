/** Hears of a fault in user code: what was thrown, and whose fault it is. Must not throw. */
export type Report = (error: unknown, source: string) => void

/** Runs user code; what it throws, or what its promise rejects with, is reported and goes no further. */
export function isolate(source: string, report: Report, run: () => unknown): void {
  try {
    const result = run()
    if (isThenable(result)) Promise.resolve(result).catch((error: unknown) => report(error, source))
  } catch (error) {
    report(error, source)
  }
}

/** True for anything that `await` would wait for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
