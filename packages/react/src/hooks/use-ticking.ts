import { useCallback } from 'react'
import { useScope } from '../provider/banyan-context.ts'

/** A subscription that calls back whenever the time that `untilNext` names has passed; null ends it. */
export function useTicking(untilNext: () => number | null): (listener: () => void) => () => void {
  const { client } = useScope()
  return useCallback(
    (listener) => {
      let cancel = (): void => {}
      function schedule(): void {
        cancel()
        const waitMs = untilNext()
        if (waitMs === null) return
        cancel = client.clock.after(waitMs, () => {
          schedule()
          listener()
        })
      }
      schedule()
      // A join may correct the clock by more than a step.
      const stop = client.onState(() => {
        schedule()
        listener()
      })
      return () => {
        cancel()
        stop()
      }
    },
    [client, untilNext],
  )
}
