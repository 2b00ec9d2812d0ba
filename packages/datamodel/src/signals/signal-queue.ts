import { DataModelError } from '../errors.ts'

/** A chain of calls, each fired by the one before, runs at most this deep. */
export const signalDepthCap = 10

/** One deferred call. `run` may return a promise, whose rejection is reported. */
export interface QueuedCall {
  /** What a report names when this call fails. */
  readonly source: string
  run(): unknown
}

/** Deferred calls in the order in which they were enqueued, whichever signal they come from. */
export interface SignalQueue {
  /** Calls that have not run yet, dropped ones included until their turn. */
  readonly size: number
  /**
   * Why what runs now runs: a number that means something to the queue's owner, who sets it around what it runs; 0 is
   * unknown. A call remembers the one that it was enqueued under, and runs under it.
   */
  cause: number
  /** Takes the call, or reports it and returns false when it lies too deep; never runs it at once. */
  enqueue(call: QueuedCall): boolean
  /** Runs everything, including what the calls enqueue; inside another drain it does nothing. */
  drain(): void
}

export interface SignalQueueOptions {
  /** Hears of every failed or dropped call; must not throw. */
  report(error: unknown, source: string): void
  /** Asked once per drain to call `drain` later; must not call it at once. Left out, the owner drains. */
  schedule?(drain: () => void): void
  /** Where the queue's `cause` lies, for an owner who reads it often; the queue's own when left out. */
  readonly running?: { cause: number }
}

/** An empty queue; a failing call never stops the ones behind it. */
export function createSignalQueue(options: SignalQueueOptions): SignalQueue {
  const { running = { cause: 0 } } = options
  const calls: QueuedCall[] = []
  const depths: number[] = []
  const causes: number[] = []
  let head = 0
  let depth = 0
  let isDraining = false
  let isScheduled = false

  function enqueue(call: QueuedCall): boolean {
    if (depth >= signalDepthCap) {
      options.report(depthError(call.source), call.source)
      return false
    }
    calls.push(call)
    depths.push(depth + 1)
    causes.push(running.cause)
    if (!isDraining && !isScheduled && options.schedule !== undefined) {
      isScheduled = true
      options.schedule(drain)
    }
    return true
  }

  function drain(): void {
    if (isDraining) return
    isScheduled = false
    // Most resumption points find nothing to do.
    if (calls.length === 0) return
    isDraining = true
    const outerCause = running.cause
    try {
      for (let call = calls[head]; call !== undefined; call = calls[head]) {
        depth = depths[head] ?? 0
        running.cause = causes[head] ?? 0
        head += 1
        runCall(call)
      }
    } finally {
      // Only a throwing report leaves calls behind; they wait for the next drain.
      calls.splice(0, head)
      depths.splice(0, head)
      causes.splice(0, head)
      running.cause = outerCause
      head = 0
      depth = 0
      isDraining = false
    }
  }

  function runCall(call: QueuedCall): void {
    try {
      const result = call.run()
      if (isThenable(result)) {
        Promise.resolve(result).catch((error: unknown) => options.report(error, call.source))
      }
    } catch (error) {
      options.report(error, call.source)
    }
  }

  return {
    get size() {
      return calls.length - head
    },
    get cause() {
      return running.cause
    },
    set cause(cause) {
      running.cause = cause
    },
    enqueue,
    drain,
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function depthError(source: string): DataModelError {
  return new DataModelError(
    'signalDepth',
    `cannot call a handler of "${source}": handlers have fired one another ${signalDepthCap} deep. ` +
      'Make one of them stop firing, or defer it with a timer.',
  )
}
