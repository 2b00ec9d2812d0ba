import { createSignalQueue } from '@banyan/datamodel'
import { createManualClock } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createCauseLog } from '../causes/cause-log.ts'
import { createResumption } from '../resumption.ts'
import { createTaskScheduler } from './task-scheduler.ts'

function setUp() {
  const clock = createManualClock()
  const errors: string[] = []
  const report = (error: unknown, source: string) => void errors.push(`${source}: ${String(error)}`)
  const queue = createSignalQueue({ report })
  const resumption = createResumption({ queue, report })
  const scheduler = createTaskScheduler({
    clock,
    causes: createCauseLog({ clock, queue }),
    resumption,
    report,
  })
  const seen: string[] = []
  return {
    ...scheduler,
    clock,
    errors,
    queue,
    resumption,
    seen,
    say: (word: string) => () => void seen.push(word),
    tickAfter: (ms: number) => {
      clock.advance(ms)
      scheduler.resume()
    },
  }
}

test('TK1 spawn runs now, inside the caller, and keeps its faults', async () => {
  const { tasks, seen, say, errors } = setUp()
  tasks.spawn(say('inside'))
  seen.push('after')
  tasks.spawn(() => {
    throw new Error('thrown')
  })
  tasks.spawn(async () => {
    await Promise.resolve()
    throw new Error('rejected')
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual(['inside', 'after'])
  expect(errors).toEqual(['task: Error: thrown', 'task: Error: rejected'])
})

test('TK2 defer runs once the handlers that are queued have run', () => {
  const { tasks, seen, say, queue, resumption } = setUp()
  tasks.defer(() => {
    seen.push('deferred')
    queue.enqueue({ source: 'test', run: say('handler of deferred') })
  })
  queue.enqueue({ source: 'test', run: say('handler') })
  expect(seen).toEqual([])
  resumption.run()
  expect(seen).toEqual(['handler', 'deferred', 'handler of deferred'])
})

test('TK2 a task that defers itself forever goes on in the next resumption point', () => {
  const { tasks, resumption } = setUp()
  let count = 0
  const again = (): void => {
    count += 1
    tasks.defer(again)
  }
  tasks.defer(again)
  resumption.run()
  expect(count).toBe(10)
  resumption.run()
  expect(count).toBe(20)
})

test('TK3 delay runs in the first tick at which the time has passed, in order of time and then of entry', () => {
  const { tasks, seen, say, tickAfter } = setUp()
  tasks.delay(100, say('100 a'))
  tasks.delay(50, say('50'))
  tasks.delay(100, say('100 b'))
  tasks.delay(0, say('0'))
  tickAfter(49)
  expect(seen).toEqual(['0'])
  tickAfter(1)
  expect(seen).toEqual(['0', '50'])
  tickAfter(1000)
  expect(seen).toEqual(['0', '50', '100 a', '100 b'])
})

test('TK3 each task is a resumption point of its own', () => {
  const { tasks, seen, say, queue, tickAfter } = setUp()
  tasks.delay(1, () => {
    seen.push('first')
    queue.enqueue({ source: 'test', run: say('its handler') })
  })
  tasks.delay(1, say('second'))
  tickAfter(1)
  expect(seen).toEqual(['first', 'its handler', 'second'])
})

test('TK3 what a task of this tick delays by 0 runs in the next', () => {
  const { tasks, seen, say, tickAfter } = setUp()
  tasks.delay(0, () => tasks.delay(0, say('later')))
  tickAfter(0)
  expect(seen).toEqual([])
  tickAfter(0)
  expect(seen).toEqual(['later'])
})

test('TK4 wait resolves with the elapsed time, and rejects with the reason of its signal', async () => {
  const { tasks, tickAfter, clock } = setUp()
  const waiting = tasks.wait(100)
  const next = tasks.wait()
  const abort = new AbortController()
  const given = tasks.wait(100, { signal: abort.signal })
  tickAfter(40)
  expect(await next).toBe(40)
  tickAfter(80)
  abort.abort(new Error('enough'))
  expect(await waiting).toBe(120)
  expect(await given).toBe(120)
  const later = tasks.wait(100, { signal: AbortSignal.abort(new Error('before')) })
  await expect(later).rejects.toThrow('before')
  const aborted = new AbortController()
  const cut = tasks.wait(100, { signal: aborted.signal })
  aborted.abort(new Error('cut'))
  await expect(cut).rejects.toThrow('cut')
  expect(clock.pending).toBe(0)
})

test('TK5 cancel drops what has not begun and aborts what has', async () => {
  const { tasks, seen, say, resumption, tickAfter } = setUp()
  const deferred = tasks.defer(say('deferred'))
  const delayed = tasks.delay(10, say('delayed'))
  let signal: AbortSignal | null = null
  const running = tasks.spawn(async (given) => {
    signal = given
    await new Promise(() => {})
  })
  for (const task of [deferred, delayed, running, running]) tasks.cancel(task)
  resumption.run()
  tickAfter(100)
  expect(seen).toEqual([])
  expect(signal).toMatchObject({ aborted: true })
  expect([deferred.hasBegun, delayed.isCancelled, running.hasBegun, running.isCancelled]).toEqual([
    false,
    true,
    true,
    true,
  ])
})

test('TK5 a due task that another one cancels in the same tick does not run', () => {
  const { tasks, seen, say, tickAfter } = setUp()
  tasks.delay(1, () => tasks.cancel(second))
  const second = tasks.delay(1, say('second'))
  tickAfter(5)
  expect(seen).toEqual([])
})

test('TK6 stopping aborts what runs, drops what waits, and refuses what is new', () => {
  const { tasks, seen, say, tickAfter, stop } = setUp()
  tasks.spawn(async (signal) => {
    signal.addEventListener('abort', say('aborted'))
    await new Promise(() => {})
  })
  tasks.delay(1, say('delayed'))
  stop()
  tickAfter(10)
  expect(seen).toEqual(['aborted'])
  expect(() => tasks.spawn(say('new'))).toThrow(expect.objectContaining({ code: 'placeStopped' }))
})

test('TK7 a duration that is no number of 0 or more is refused', () => {
  const { tasks } = setUp()
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => tasks.delay(wrong, () => {})).toThrow(expect.objectContaining({ code: 'invalidOption' }))
  }
})

test('TK6 a task that stops its place lets nothing run that is due in the same tick', async () => {
  const { tasks, seen, say, tickAfter, stop } = setUp()
  tasks.delay(1, stop)
  tasks.delay(1, say('delayed'))
  tasks.wait(1).then(say('waited'), say('rejected'))
  tickAfter(10)
  await new Promise((resolve) => setImmediate(resolve))
  expect(seen).toEqual([])
})

test('TK5 a task that ends because it was cancelled has not failed', async () => {
  const { tasks, errors, stop } = setUp()
  const body = async (signal: AbortSignal): Promise<void> => void (await tasks.wait(1000, { signal }))
  tasks.cancel(tasks.spawn(body))
  tasks.spawn(body)
  tasks.cancel(
    tasks.spawn(async (signal) => {
      await tasks.wait(1000, { signal }).catch(() => {})
      throw new Error('a fault of its own')
    }),
  )
  stop()
  await new Promise((resolve) => setImmediate(resolve))
  expect(errors).toEqual(['task: Error: a fault of its own'])
})
