import { describe, expect, it, vi } from 'vitest'
import { Signal } from './signal.ts'
import { createSignalQueue } from './signal-queue.ts'

function setUp() {
  const queue = createSignalQueue({ report: () => undefined })
  return { queue, signal: new Signal<[string]>({ name: 'Door.opened', queue }) }
}

describe('wait', () => {
  it('SG14 resolves with the next arguments, one fire per wait', async () => {
    const { queue, signal } = setUp()
    const waiting = signal.wait()
    signal.fire('1')
    signal.fire('2')
    queue.drain()
    await expect(waiting).resolves.toEqual(['1'])
    expect(signal.listenerCount).toBe(0)
  })

  it('SG14 resolves with a fire that was queued before the close', async () => {
    const { queue, signal } = setUp()
    const waiting = signal.wait()
    signal.fire('1')
    signal.close()
    queue.drain()
    await expect(waiting).resolves.toEqual(['1'])
  })

  it('SG15 rejects when the signal closes first, or is closed', async () => {
    const { signal } = setUp()
    const waiting = signal.wait()
    signal.close()
    await expect(waiting).rejects.toMatchObject({
      name: 'DataModelError',
      code: 'signalClosed',
      message: expect.stringContaining('"Door.opened"'),
    })
    await expect(signal.wait()).rejects.toMatchObject({ code: 'signalClosed' })
  })

  it('SG16 rejects with the abort reason and drops what is queued', async () => {
    const { queue, signal } = setUp()
    const abort = new AbortController()
    const removed = vi.spyOn(abort.signal, 'removeEventListener')
    const reason = new Error('left')
    const waiting = signal.wait({ signal: abort.signal })
    signal.fire('1')
    abort.abort(reason)
    queue.drain()
    await expect(waiting).rejects.toBe(reason)
    expect(signal.listenerCount).toBe(0)
    await expect(signal.wait({ signal: abort.signal })).rejects.toBe(reason)
    expect(signal.listenerCount).toBe(0)
    expect(removed).not.toHaveBeenCalled()
  })

  it('SG16 leaves no abort listener behind once it settled', async () => {
    const { queue, signal } = setUp()
    const abort = new AbortController()
    const added = vi.spyOn(abort.signal, 'addEventListener')
    const removed = vi.spyOn(abort.signal, 'removeEventListener')
    const resolved = signal.wait({ signal: abort.signal })
    signal.fire('1')
    queue.drain()
    await resolved
    const rejected = signal.wait({ signal: abort.signal })
    signal.close()
    await expect(rejected).rejects.toMatchObject({ code: 'signalClosed' })
    expect(added).toHaveBeenCalledTimes(2)
    expect(removed.mock.calls.map((call) => call[1])).toEqual(added.mock.calls.map((call) => call[1]))
  })
})
