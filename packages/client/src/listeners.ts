import type { ClientLog } from './log.ts'

/** Functions to call together; one that fails is reported and stops none of the others. */
export interface Listeners {
  /** Added once per call, even if the function is the same. */
  readonly add: (listener: () => void) => () => void
  call(): void
}

/** `source` is what a report names. */
export function createListeners(source: string, log: ClientLog): Listeners {
  const listeners = new Set<() => void>()
  return {
    add(listener) {
      const own = (): void => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    call() {
      for (const listener of listeners) {
        try {
          listener()
        } catch (error) {
          log.error(`a listener of ${source} failed`, error)
        }
      }
    },
  }
}
