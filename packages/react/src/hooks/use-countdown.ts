import { useCallback, useSyncExternalStore } from 'react'
import { useScope } from '../provider/banyan-context.ts'
import { useTicking } from './use-ticking.ts'

/** What is left until a moment of the server's time. */
export interface Countdown {
  /** Exact at the render, for things that go on by themselves from there; never negative. */
  readonly remainingMs: number
  /** What to show: whole seconds, rounded up, so that 1 stays until the end. */
  readonly seconds: number
  readonly isOver: boolean
}

/** Counts down to a moment of the server's time; renders once per shown second, at the same moment for all. Null counts nothing and is not over. */
export function useCountdown(endsAtMs: number | null): Countdown {
  const { client } = useScope()
  const remaining = useCallback(
    () => (endsAtMs === null ? 0 : Math.max(0, endsAtMs - client.serverTime())),
    [client, endsAtMs],
  )
  const readSeconds = useCallback((): number | null => Math.ceil(remaining() / 1000), [remaining])
  const untilNext = useCallback(() => {
    const remainingMs = remaining()
    return remainingMs === 0 ? null : remainingMs - (Math.ceil(remainingMs / 1000) - 1) * 1000
  }, [remaining])
  const shown = useSyncExternalStore(useTicking(untilNext), readSeconds, getNull)
  const seconds = shown ?? 0
  return {
    seconds,
    remainingMs: Math.min(remaining(), seconds * 1000),
    isOver: endsAtMs !== null && shown === 0,
  }
}

/** Rendering to HTML there is no server's time yet, and nothing is over. */
function getNull(): number | null {
  return null
}
