import { monotonicMs } from './monotonic-time.ts'

/**
 * Calls at a steady rate, for systems without a tick of their own; the returned function stops it. Keeps to the grid
 * that it began on, and does not make up for a late call.
 */
export function startBeat({ tickHz, run }: { tickHz: number; run: () => void }): () => void {
  const periodMs = 1000 / tickHz
  let dueMs = monotonicMs() + periodMs
  let timer = setTimeout(beat, periodMs)
  function beat(): void {
    const lateMs = monotonicMs() - dueMs
    dueMs += periodMs * (Math.max(0, Math.floor(lateMs / periodMs)) + 1)
    timer = setTimeout(beat, Math.max(0, dueMs - monotonicMs()))
    run()
  }
  return () => clearTimeout(timer)
}
