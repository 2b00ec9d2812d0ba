/** What a task runs; the signal aborts when the task is cancelled or its place stops. A promise's rejection is reported. */
export type TaskBody = (signal: AbortSignal) => unknown

/** One run of a body, now or later; hand it to `cancel`. */
export interface Task {
  /** True once it has begun, even if it still awaits something. */
  readonly hasBegun: boolean
  readonly isCancelled: boolean
}

export interface TaskWaitOptions {
  /** Rejects the wait with the signal's reason. */
  readonly signal?: AbortSignal
}

/** The reference model's task library on a place's clock; all durations are milliseconds. */
export interface Tasks {
  /** Runs now, inside the caller; a fault stays in the task. */
  readonly spawn: (body: TaskBody) => Task
  /** Runs at the end of the current resumption point, or of the next when there is none. */
  readonly defer: (body: TaskBody) => Task
  /** Runs in the first tick at which `ms` have passed; 0 is the next tick. */
  readonly delay: (ms: number, body: TaskBody) => Task
  /** Resolves with the elapsed milliseconds after the first tick at which `ms` have passed. Never settles once its place has stopped. */
  readonly wait: (ms?: number, options?: TaskWaitOptions) => Promise<number>
  /** Drops a task that has not begun and aborts the signal of one that has; harmless when repeated. */
  readonly cancel: (task: Task) => void
}
