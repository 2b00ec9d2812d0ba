import { useEffect } from 'react'
import { useScope } from '../provider/banyan-context.ts'
import { useLatest } from './use-latest.ts'

/** Calls back at each drawn frame while mounted and never renders; `dtMs` is at most 100. */
export function useFrame(draw: (dtMs: number, serverTimeMs: number) => void): void {
  const { client } = useScope()
  const latest = useLatest(draw)
  useEffect(
    () => client.frames.subscribe((dtMs) => latest.current(dtMs, client.serverTime())),
    [client, latest],
  )
}
