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

/** The same report, silent about work that ended because this signal told it to: that is no fault. */
export function unlessTold(report: Report, signal: AbortSignal): Report {
  return (error, source) => {
    if (!signal.aborted || !isReason(error, signal.reason)) report(error, source)
  }
}

/** Some platforms' functions reject with an error of their own, whose cause is the reason. */
function isReason(error: unknown, reason: unknown): boolean {
  return error === reason || (error instanceof Error && error.cause === reason)
}

/** True for anything that `await` would wait for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
