import { monitorEventLoopDelay } from 'node:perf_hooks'
import { goFirst } from './go-first.ts'

const resolutionMs = 1

/**
 * Watches for the longest stretch during which this process answered nothing; the returned function ends the watch and
 * tells it in milliseconds. Meanwhile the process goes first, so that the stretch holds little of what others took.
 */
export function watchBlocks(): () => number {
  const goBack = goFirst()
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  return () => {
    delays.disable()
    goBack()
    return Math.max(0, delays.max / 1e6 - resolutionMs)
  }
}
