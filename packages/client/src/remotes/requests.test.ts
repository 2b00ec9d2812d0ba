import { Folder } from '@banyan/datamodel'
import { createManualClock } from '@banyan/protocol'
import { describe, expect, test } from 'vitest'
import type { Outgoing } from '../stream/outgoing.ts'
import { createRequests } from './requests.ts'

function setUp() {
  const clock = createManualClock()
  const calls: Outgoing[] = []
  const world = { isDestroyed: false }
  const requests = createRequests({ clock, home: new Folder(), push: (call) => calls.push(call) })
  const target = { name: 'buy', id: () => 20, isDestroyed: () => world.isDestroyed }
  return { calls, clock, requests, target, world }
}

describe('createRequests', () => {
  test('RC4: an answer resolves its request, whatever the order', async () => {
    const { calls, requests, target } = setUp()
    const first = requests.invoke(target, [1])
    const second = requests.invoke(target, [2])
    requests.resolve(2, 'two')
    requests.resolve(1, 'one')
    expect(await Promise.all([first, second])).toEqual(['one', 'two'])
    expect(calls).toMatchObject([
      { request: 1, deadlineMs: 10_000 },
      { request: 2, deadlineMs: 10_000 },
    ])
  })

  test('RC5: rejects with "timeout" at its deadline, 10 s unless told otherwise, and cancels at the server', async () => {
    const { calls, clock, requests, target } = setUp()
    const long = requests.invoke(target, [])
    const short = requests.invoke(target, [], { deadlineMs: 100 })
    clock.advance(100)
    await expect(short).rejects.toMatchObject({ code: 'timeout', message: expect.stringContaining('"buy"') })
    clock.advance(9900)
    await expect(long).rejects.toMatchObject({ code: 'timeout' })
    expect(calls.slice(2)).toEqual([
      { kind: 'cancel', request: 2 },
      { kind: 'cancel', request: 1 },
    ])
    expect(clock.pending).toBe(0)
  })

  test.each([Number.POSITIVE_INFINITY, Number.NaN, -1, 1e300])(
    'RC5: a deadline of %d ms rejects its request, and nothing of it travels',
    async (deadlineMs) => {
      const { calls, clock, requests, target } = setUp()
      await expect(requests.invoke(target, [], { deadlineMs })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining(`deadline of ${deadlineMs} ms`),
      })
      expect(calls).toEqual([])
      expect(clock.pending).toBe(0)
    },
  )

  test('RC6: an AbortSignal rejects with "aborted" and its reason, and cancels at the server', async () => {
    const { calls, clock, requests, target } = setUp()
    const abort = new AbortController()
    const call = requests.invoke(target, [], { signal: abort.signal })
    const reason = new Error('the dialog closed')
    abort.abort(reason)
    await expect(call).rejects.toMatchObject({ code: 'aborted', cause: reason })
    expect(calls[1]).toEqual({ kind: 'cancel', request: 1 })
    await expect(requests.invoke(target, [], { signal: abort.signal })).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(calls).toHaveLength(2)
    expect(clock.pending).toBe(0)
  })

  test('RC7: a destroyed remote rejects what waits for it, and what is asked of it later', async () => {
    const { clock, requests, target, world } = setUp()
    const call = requests.invoke(target, [])
    world.isDestroyed = true
    requests.check()
    await expect(call).rejects.toMatchObject({ code: 'destroyed' })
    await expect(requests.invoke(target, [])).rejects.toMatchObject({ code: 'destroyed' })
    expect(clock.pending).toBe(0)
  })

  test('RC8: what cannot travel rejects and names its path', async () => {
    const { clock, requests, target } = setUp()
    await expect(requests.invoke(target, [{ go: () => {} }])).rejects.toMatchObject({
      code: 'invalidArgument',
      message: expect.stringContaining('args[0].go'),
    })
    expect(clock.pending).toBe(0)
  })

  test('RC9: the end of the session rejects all with "disconnected"', async () => {
    const { clock, requests, target } = setUp()
    const calls = [requests.invoke(target, []), requests.invoke(target, [])]
    requests.rejectAll('disconnected', 'the session is over')
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'disconnected' })
    expect(clock.pending).toBe(0)
  })

  test.each([
    ['it is closed', 'it is closed. Send'],
    ['"Buy" refused the request: too dear.', 'too dear. Send'],
  ])('RC12: the words of a refusal end in one period: %s', async (reason, told) => {
    const { requests, target } = setUp()
    const call = requests.invoke(target, [])
    requests.reject(1, 'invalid', reason)
    await expect(call).rejects.toThrow(told)
  })

  test('RC4: a late or repeated answer is ignored', async () => {
    const { requests, target } = setUp()
    const call = requests.invoke(target, [])
    requests.resolve(1, 'one')
    requests.resolve(1, 'again')
    requests.reject(1, 'timeout', 'late')
    expect(await call).toBe('one')
  })
})
