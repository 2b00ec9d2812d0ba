import type { Clock } from '@banyan/datamodel'

/** Within this time another holder may take over: a view that moves, or the second mount of React's StrictMode. */
const lingerMs = 100

/** Keeps something open while anyone holds it. */
export interface Holders {
  /** Takes a hold; the returned function lets go. */
  readonly retain: () => () => void
  /** It was closed by other means: nothing waits to close it any more. */
  cancel(): void
}

export function createHolders(options: {
  readonly clock: Clock
  readonly open: () => void
  readonly close: () => void
}): Holders {
  let count = 0
  let cancelLinger = (): void => {}
  return {
    retain() {
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
    },
    cancel: () => cancelLinger(),
  }
}
