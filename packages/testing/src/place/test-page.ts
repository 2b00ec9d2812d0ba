import type { FrameSource, PageLife } from '@banyan/client'
import type { Clock } from '@banyan/datamodel'
import { rememberCallSite, whereOf } from '../time/call-site.ts'
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
  /** Where the listeners of frames were put that nobody took away. */
  readonly listening: readonly string[]
}

const frameMs = 1000 / 60

export interface TestPageOptions {
  readonly clock: Clock
  /** The page's own beat, of whose timers nobody needs to know. */
  readonly frameClock: Clock
  readonly report: (error: unknown) => void
}

export function createTestPage({ clock, frameClock, report }: TestPageOptions): TestPage {
  const tab = createTabClock(clock)
  const wakes = new Set<() => void>()
  const leaves = new Set<() => void>()
  const listeners = new Map<(dtMs: number) => void, Error>()
  let cancelFrame: (() => void) | null = null

  function draw(): void {
    cancelFrame = tab.isHidden || listeners.size === 0 ? null : frameClock.after(frameMs, draw)
    for (const listener of [...listeners.keys()]) {
      try {
        listener(frameMs)
      } catch (error) {
        report(error)
      }
    }
  }

  function requestFrame(): void {
    if (!tab.isHidden && listeners.size > 0) cancelFrame ??= frameClock.after(frameMs, draw)
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
        listeners.set(own, rememberCallSite())
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
    get listening() {
      return [...listeners.values()].map(whereOf)
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
