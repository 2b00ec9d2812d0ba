import { DataModelError } from '@banyan/datamodel'
import type { CauseLog } from '../causes/cause-log.ts'
import { isolate, isThenable, type Report, unlessTold } from '../isolation.ts'
import type { Cleanup, Script, ScriptScope } from './script.ts'

export interface ScriptHost {
  /** Runs the cleanups, last script first. Final. */
  stop(): void
}

export interface ScriptHostOptions {
  readonly causes: CauseLog
  readonly report: Report
}

/** Starts every script in order; one that fails is reported, and the others run on. */
export function startScripts(
  scripts: readonly Script[],
  scope: ScriptScope,
  { causes, report }: ScriptHostOptions,
): ScriptHost {
  const cleanups: Cleanup[] = []
  let isStopped = false

  function keep(result: unknown): void {
    if (typeof result !== 'function') return
    const cleanup = result as Cleanup
    if (isStopped) isolate('script cleanup', report, cleanup)
    else cleanups.push(cleanup)
  }

  const told = unlessTold(report, scope.signal)
  const reportFault: Report = (error, source) => {
    if (!isStopped || !isClosedSignal(error)) told(error, source)
  }

  for (const [script, { run }] of scripts.entries()) {
    isolate('script', reportFault, () => {
      const result = causes.run({ kind: 'script', script }, () => run(scope))
      if (isThenable(result)) return Promise.resolve(result).then(keep)
      return keep(result)
    })
  }
  return {
    stop() {
      isStopped = true
      for (const cleanup of cleanups.toReversed()) isolate('script cleanup', report, cleanup)
    },
  }
}

/** How a loop over `heartbeat.wait()` ends when its place stops. */
function isClosedSignal(error: unknown): boolean {
  return error instanceof DataModelError && error.code === 'signalClosed'
}
