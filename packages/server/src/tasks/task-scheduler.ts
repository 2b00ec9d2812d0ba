import type { Clock } from '@banyan/datamodel'
import { createAbort } from '../abort.ts'
import type { CauseLog } from '../causes/cause-log.ts'
import { isolate, type Report, unlessTold } from '../isolation.ts'
import type { Resumption } from '../resumption.ts'
import { ServerError } from '../server-error.ts'
import type { Task, TaskBody, Tasks } from './task.ts'
import { createTimetable, type Timetable } from './timetable.ts'

export interface TaskScheduler {
  readonly tasks: Tasks
  /** Runs what is due, each task a resumption point of its own. Called once a tick. */
  readonly resume: () => void
  /** Aborts every task's signal and drops what has not begun. Final. */
  readonly stop: () => void
}

export interface TaskSchedulerOptions {
  readonly clock: Clock
  readonly causes: CauseLog
  readonly resumption: Resumption
  readonly report: Report
}

export function createTaskScheduler({
  clock,
  causes,
  resumption,
  report,
}: TaskSchedulerOptions): TaskScheduler {
  const timetable: Timetable = createTimetable()
  const running = new Set<RunningTask>()
  const owned = new WeakMap<Task, RunningTask>()
  let isStopped = false

  function open(body: TaskBody): RunningTask {
    if (isStopped) throw stoppedError()
    const task = createRunningTask(body, createAbort('task', report))
    owned.set(task.handle, task)
    running.add(task)
    return task
  }

  /** How to begin a task later, as a consequence of what runs now. */
  function beginner(task: RunningTask, source: 'spawn' | 'defer' | 'delay'): () => void {
    const descent = causes.here
    return () => {
      if (!task.begin()) return
      causes.run({ kind: 'task', source, ...descent }, () => run(task))
    }
  }

  function run(task: RunningTask): void {
    isolate('task', unlessTold(report, task.abort.signal), async () => {
      try {
        await task.body(task.abort.signal)
      } finally {
        running.delete(task)
      }
    })
  }

  const tasks: Tasks = {
    spawn(body) {
      const task = open(body)
      beginner(task, 'spawn')()
      return task.handle
    },
    defer(body) {
      const task = open(body)
      resumption.afterHandlers('task.defer', beginner(task, 'defer'))
      return task.handle
    },
    delay(ms, body) {
      const task = open(body)
      task.onCancel(timetable.add(clock.now() + expectDuration(ms), beginner(task, 'delay')))
      return task.handle
    },
    wait(ms = 0, { signal } = {}) {
      const startMs = clock.now()
      const dueMs = startMs + expectDuration(ms)
      if (isStopped) throw stoppedError()
      return new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason)
        const cancel = timetable.add(dueMs, () => {
          signal?.removeEventListener('abort', onAbort)
          resolve(clock.now() - startMs)
        })
        function onAbort(): void {
          cancel()
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', onAbort, { once: true })
      })
    },
    cancel(task) {
      const running_ = owned.get(task)
      if (running_ === undefined) return
      running.delete(running_)
      running_.cancel()
    },
  }

  return {
    tasks,
    resume() {
      for (const runDue of timetable.takeDue(clock.now())) {
        // One of them may stop the place, and then the others wait for ever.
        if (isStopped) return
        runDue()
        resumption.run()
      }
    },
    stop() {
      isStopped = true
      timetable.clear()
      for (const task of running) task.cancel()
      running.clear()
    },
  }
}

interface RunningTask {
  readonly body: TaskBody
  readonly handle: Task
  readonly abort: AbortController
  /** False when it was cancelled before. */
  begin(): boolean
  onCancel(run: () => void): void
  cancel(): void
}

function createRunningTask(body: TaskBody, abort: AbortController): RunningTask {
  let hasBegun = false
  let forget: (() => void) | null = null
  return {
    body,
    abort,
    handle: {
      get hasBegun() {
        return hasBegun
      },
      get isCancelled() {
        return abort.signal.aborted
      },
    },
    begin() {
      if (abort.signal.aborted) return false
      hasBegun = true
      return true
    },
    onCancel(run) {
      forget = run
    },
    cancel() {
      forget?.()
      abort.abort()
    },
  }
}

function expectDuration(ms: number): number {
  if (Number.isFinite(ms) && ms >= 0) return ms
  throw new ServerError(
    'invalidOption',
    `cannot wait "${ms}" ms: it is not a finite number of 0 or more. Pass milliseconds.`,
  )
}

function stoppedError(): ServerError {
  return new ServerError(
    'placeStopped',
    'cannot start a task: its place has stopped. End the script in its cleanup.',
  )
}
