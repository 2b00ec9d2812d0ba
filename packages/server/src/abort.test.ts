import { expect, test, vi } from 'vitest'
import { createAbort } from './abort.ts'

test('PL6 what a listener of an abort signal throws or rejects with is reported, and stops neither others nor the process', async () => {
  const faults: string[] = []
  const abort = createAbort(
    'buy.onServerInvoke',
    (error, source) => void faults.push(`${source}: ${String(error)}`),
  )
  const { signal } = abort
  const heard = vi.fn<(event: Event) => void>()
  signal.addEventListener('abort', () => {
    throw new Error('thrown')
  })
  const rejecting: () => unknown = async () => {
    throw new Error('rejected')
  }
  signal.addEventListener('abort', rejecting)
  signal.addEventListener('abort', {
    handleEvent() {
      throw new Error('by an object')
    },
  })
  signal.onabort = heard
  signal.onabort = () => {
    throw new Error('by property')
  }
  signal.addEventListener('abort', heard, { once: true })
  const derived = AbortSignal.any([signal])
  abort.abort()
  await new Promise((resolve) => setImmediate(resolve))
  expect(faults.toSorted()).toEqual(
    ['by an object', 'by property', 'rejected', 'thrown'].map((text) => `buy.onServerInvoke: Error: ${text}`),
  )
  expect(heard).toHaveBeenCalledTimes(1)
  expect([signal.aborted, derived.aborted]).toEqual([true, true])
})

test('PL6 listeners of such a signal are added once and can be removed', () => {
  const abort = createAbort('task', () => {})
  const [kept, removed, stranger] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()]
  for (const listener of [kept, kept, removed]) abort.signal.addEventListener('abort', listener)
  abort.signal.removeEventListener('abort', removed)
  abort.signal.removeEventListener('abort', stranger)
  abort.abort()
  expect([kept.mock.calls.length, removed.mock.calls.length]).toEqual([1, 0])
})
