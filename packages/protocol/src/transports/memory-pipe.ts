import type { ChannelHandlers } from './transport.ts'

/** How a memory transport calls back: later, one step per run, and without letting a throw out. */
export interface PipeOptions {
  schedule(run: () => void): void
  report(error: unknown): void
}

/** One direction of a line within this process. */
export interface MemoryPipe {
  readonly bufferedBytes: number
  /** Queues a copy; ignored once ended. */
  push(frame: Uint8Array): void
  /** The sender's close: what was pushed before it still arrives. */
  end(cause: string): void
  /** The receiver's close: what has not arrived never does. */
  cut(cause: string): void
}

type Step =
  | { readonly kind: 'frame'; readonly frame: Uint8Array }
  | { readonly kind: 'close'; readonly cause: string }

/** Carries frames to the receiver, which may be set as late as the first scheduled run. */
export function createMemoryPipe(options: PipeOptions, receiver: () => ChannelHandlers | null): MemoryPipe {
  let steps: Step[] = []
  let bufferedBytes = 0
  let isEnded = false
  let isOver = false

  // Each run takes the oldest step, whichever it was scheduled for: the order holds under any schedule.
  const takeStep = (): void => {
    const step = steps.shift()
    if (step === undefined) return
    try {
      if (step.kind === 'frame') {
        bufferedBytes -= step.frame.length
        receiver()?.onFrame(step.frame)
      } else {
        isOver = true
        receiver()?.onClose(step.cause)
      }
    } catch (error) {
      options.report(error)
    }
  }

  const add = (step: Step): void => {
    steps.push(step)
    options.schedule(takeStep)
  }

  return {
    get bufferedBytes() {
      return bufferedBytes
    },
    push(frame) {
      if (isEnded) return
      bufferedBytes += frame.length
      add({ kind: 'frame', frame: frame.slice() })
    },
    end(cause) {
      if (isEnded) return
      isEnded = true
      add({ kind: 'close', cause })
    },
    cut(cause) {
      if (isOver) return
      isEnded = true
      steps = []
      bufferedBytes = 0
      add({ kind: 'close', cause })
    },
  }
}
