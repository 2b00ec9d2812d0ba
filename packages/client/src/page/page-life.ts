/** What the page around a client goes through. */
export interface PageLife {
  /** The network is back, or a hidden page is seen again: a good moment to try at once. */
  onWake(listener: () => void): () => void
  /** The page is being left; it may come back from the browser's cache, which wakes it. */
  onLeave(listener: () => void): () => void
}

/** Listens to the browser; silent where there is none. */
export function createPageLife(): PageLife {
  const page = typeof document === 'undefined' ? null : document
  const scope: Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>> = globalThis

  function listen(names: readonly string[], listener: () => void): () => void {
    for (const name of names) scope.addEventListener?.(name, listener)
    return () => {
      for (const name of names) scope.removeEventListener?.(name, listener)
    }
  }

  return {
    onWake(listener) {
      const onVisibility = () => {
        if (page?.visibilityState === 'visible') listener()
      }
      page?.addEventListener('visibilitychange', onVisibility)
      const stop = listen(['online', 'pageshow'], listener)
      return () => {
        page?.removeEventListener('visibilitychange', onVisibility)
        stop()
      }
    },
    onLeave: (listener) => listen(['pagehide'], listener),
  }
}
