import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 1

/**
 * Watches for the longest stretch during which this process answered nothing; the returned function ends the watch and
 * tells it in milliseconds. On a busy machine it holds what others took, too.
 */
export function watchBlocks(): () => number {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  return () => {
    delays.disable()
    return Math.max(0, delays.max / 1e6 - resolutionMs)
  }
}
