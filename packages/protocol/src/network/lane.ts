import type { Clock } from '@banyan/datamodel'
import type { Fate } from './network-event.ts'
import { createPassage, type PassageOptions } from './passage.ts'

/** One direction of a line: what was sent over it and has not arrived. */
export interface Lane {
  /** Frames and closes on their way. */
  readonly waiting: number
  /** Bytes that the sending end cannot get rid of: those in front of a cap, and all of them while the lane is held. */
  readonly waitingBytes: number
  /** Arrives within this call where nothing is before it and nothing delays it. */
  send(frame: Uint8Array): void
  /** Arrives behind everything sent before, overtaken frames included. */
  close(cause: string): void
  /** To be called when `isHeld` changed. */
  refresh(): void
  /** Lets everything that is on its way arrive now, in the order that it would have. */
  hurry(): void
  /** Ends it: nothing that is on its way arrives. */
  cut(): void
}

export interface LaneOptions extends PassageOptions {
  readonly clock: Clock
  isUnreliable(frame: Uint8Array): boolean
  /** Whether nothing arrives for the time being. */
  isHeld(): boolean
  onFrame(frame: Uint8Array): void
  onClose(cause: string): void
  /** Runs for each frame when its way ends, before `onFrame` where it arrived. */
  onFate(frame: Uint8Array, fate: Fate, sentMs: number): void
  /** Gets what a receiver throws, unless it runs within the sender's call. */
  report(error: unknown): void
}

type Content =
  | { readonly kind: 'frame'; readonly frame: Uint8Array; readonly sentMs: number }
  | { readonly kind: 'close'; readonly cause: string }

interface Step {
  dueMs: number
  readonly content: Content
}

export function createLane(options: LaneOptions): Lane {
  const { clock, isHeld } = options
  const passage = createPassage(options)
  /** In the order they arrive. */
  let steps: Step[] = []
  let isOver = false
  let timer: { readonly dueMs: number; readonly cancel: () => void } | null = null

  function disarm(): void {
    timer?.cancel()
    timer = null
  }

  function arm(): void {
    const dueMs = isHeld() ? null : (steps[0]?.dueMs ?? null)
    if (timer !== null && timer.dueMs === dueMs) return
    disarm()
    if (dueMs !== null) timer = { dueMs, cancel: clock.after(dueMs - clock.now(), run) }
  }

  function run(): void {
    // The time at which the timer was due, too: the sum of what is left and the clock's now may fall short of it.
    const untilMs = Math.max(clock.now(), timer?.dueMs ?? 0)
    timer = null
    for (let next = steps[0]; next !== undefined && next.dueMs <= untilMs; next = steps[0]) {
      // A receiver may have begun a partition, or cut the line.
      if (isHeld()) break
      steps.shift()
      try {
        arrive(next.content)
      } catch (error) {
        options.report(error)
      }
    }
    arm()
  }

  function arrive(content: Content): void {
    if (content.kind === 'close') return options.onClose(content.cause)
    const { frame, sentMs } = content
    options.onFate(frame, 'arrived', sentMs)
    options.onFrame(frame)
  }

  function add(content: Content, dueMs: number): void {
    if (steps.length === 0 && dueMs <= clock.now() && !isHeld()) return arrive(content)
    const behind = steps.findLastIndex((step) => step.dueMs <= dueMs)
    steps.splice(behind + 1, 0, { dueMs, content })
    arm()
  }

  return {
    get waiting() {
      return steps.length
    },
    get waitingBytes() {
      if (!isHeld()) return passage.waitingBytes(clock.now())
      return steps.reduce(
        (sum, { content }) => sum + (content.kind === 'frame' ? content.frame.length : 0),
        0,
      )
    },
    send(frame) {
      const sentMs = clock.now()
      if (isOver) return options.onFate(frame, 'cut', sentMs)
      const load = { bytes: frame.length, isUnreliable: options.isUnreliable(frame) }
      const dueMs = passage.arrivalMs(sentMs, load)
      if (dueMs === null) return options.onFate(frame, 'lost', sentMs)
      add({ kind: 'frame', frame, sentMs }, dueMs)
    },
    close(cause) {
      if (isOver) return
      const dueMs = passage.arrivalMs(clock.now(), { bytes: 0, isUnreliable: false }) ?? 0
      add({ kind: 'close', cause }, Math.max(dueMs, steps.at(-1)?.dueMs ?? 0))
    },
    refresh: arm,
    hurry() {
      passage.clear()
      const nowMs = clock.now()
      for (const step of steps) step.dueMs = Math.min(step.dueMs, nowMs)
      arm()
    },
    cut() {
      isOver = true
      disarm()
      const lost = steps
      steps = []
      passage.clear()
      for (const { content } of lost) {
        if (content.kind === 'frame') options.onFate(content.frame, 'cut', content.sentMs)
      }
    },
  }
}
