import type { FrameSource, PageLife } from '@banyan/client'
import type { Clock } from '@banyan/datamodel'
import { createTabClock } from '../time/tab-clock.ts'

/** The page around a client: its timers, its frames, and what happens to it. */
export interface TestPage {
  readonly clock: Clock
  /** Sixty frames a second of virtual time while somebody listens and the page is seen. */
  readonly frames: FrameSource
  readonly life: PageLife
  readonly isHidden: boolean
  hide(): void
  show(): void
  /** What a browser does when the page is closed or loaded again: it tells, and nothing of it runs any more. */
  leave(): void
  /** Listeners of frames that nobody took away. */
  readonly listenerCount: number
}

const frameMs = 1000 / 60

export function createTestPage(clock: Clock, report: (error: unknown) => void): TestPage {
  const tab = createTabClock(clock)
  const wakes = new Set<() => void>()
  const leaves = new Set<() => void>()
  const listeners = new Set<(dtMs: number) => void>()
  let cancelFrame: (() => void) | null = null

  function draw(): void {
    cancelFrame = tab.isHidden || listeners.size === 0 ? null : clock.after(frameMs, draw)
    for (const listener of [...listeners]) {
      try {
        listener(frameMs)
      } catch (error) {
        report(error)
      }
    }
  }

  function requestFrame(): void {
    if (!tab.isHidden && listeners.size > 0) cancelFrame ??= clock.after(frameMs, draw)
  }

  function stopFrames(): void {
    cancelFrame?.()
    cancelFrame = null
  }

  function subscribe<Listener>(set: Set<Listener>, listener: Listener): () => void {
    set.add(listener)
    return () => void set.delete(listener)
  }

  return {
    clock: tab,
    frames: {
      subscribe(listener) {
        // A copy of its own, so that the same function may subscribe twice.
        const own = (dtMs: number): void => listener(dtMs)
        listeners.add(own)
        requestFrame()
        return () => {
          listeners.delete(own)
          if (listeners.size === 0) stopFrames()
        }
      },
    },
    life: {
      onWake: (listener) => subscribe(wakes, listener),
      onLeave: (listener) => subscribe(leaves, listener),
    },
    get isHidden() {
      return tab.isHidden
    },
    get listenerCount() {
      return listeners.size
    },
    hide() {
      tab.hide()
      stopFrames()
    },
    show() {
      if (!tab.isHidden) return
      tab.show()
      requestFrame()
      for (const wake of [...wakes]) wake()
    },
    leave() {
      for (const leave of [...leaves]) leave()
      stopFrames()
      listeners.clear()
    },
  }
}
