import type { PageLife } from '@banyan/client'

/** A page that wakes its client when the recording says so. */
export interface ReplayPage extends PageLife {
  wake(): void
}

export function createReplayPage(): ReplayPage {
  const listeners = new Set<() => void>()
  return {
    wake() {
      for (const listener of [...listeners]) listener()
    },
    onWake(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    onLeave: () => () => {},
  }
}
