import type { Clock } from '@banyan/datamodel'

/** Within this time another holder may take over: a view that moves, or the second mount of React's StrictMode. */
const lingerMs = 100

/** Opens something while anyone holds it: the returned function takes a hold and returns the way to let go. */
export function createHolders(options: {
  readonly clock: Clock
  readonly open: () => void
  readonly close: () => void
}): () => () => void {
  let count = 0
  let cancelLinger = (): void => {}
  return () => {
    let isHeld = true
    count += 1
    cancelLinger()
    options.open()
    return () => {
      if (!isHeld) return
      isHeld = false
      count -= 1
      if (count === 0) cancelLinger = options.clock.after(lingerMs, options.close)
    }
  }
}
