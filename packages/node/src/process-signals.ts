import type { Clock } from '@banyan/datamodel'

/** How long a graceful stop may take before the process ends anyway. */
const patienceMs = 10_000

export interface ProcessSignalOptions {
  readonly clock: Clock
  readonly stop: () => Promise<void>
  readonly process: Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid'>
}

/**
 * On SIGINT or SIGTERM stops gracefully, then lets the signal do what it does by default, so that the exit status is
 * true. A second signal ends the process at once. The returned function stops listening.
 */
export function stopOnSignals({ clock, stop, process }: ProcessSignalOptions): () => void {
  const forget = (): void => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    forget()
    const end = (): void => {
      process.kill(process.pid, signal)
    }
    clock.after(patienceMs, end)
    stop().then(end, end)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return forget
}
