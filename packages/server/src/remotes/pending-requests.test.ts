import { IntValue, RemoteFunction } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'
import type { RequestContext } from './remote-handle.ts'

test('RM8 an answer does not wait for the tick: it commits first and carries what the handler wrote', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  const coins = new IntValue({ name: 'Coins', parent: place.game.getService('Workspace') })
  place.remote(remotes.ask).onServerInvoke = (player, payload) => {
    coins.value += 1
    return { from: player.name, payload, coins: coins.value }
  }
  const [anaBefore, benBefore] = [ana.frames.length, ben.frames.length]
  ana.ask(1, 'ask', 'please')
  await settle()
  expect(ana.answer(1)).toEqual({ value: { from: 'Ana', payload: 'please', coins: 1 } })
  expect(ana.replica.getService('Workspace').findFirstChild('Coins', IntValue)?.value).toBe(1)
  expect([ana.frames.length - anaBefore, ben.frames.length - benBefore]).toEqual([1, 0])
})

test('RM8 the answers to one frame, at once or a promise later, share frames', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const ana = await join()
  let isAsync = false
  place.remote(remotes.ask).onServerInvoke = (_player, payload) =>
    isAsync ? Promise.resolve(payload) : payload
  for (const first of [1, 11]) {
    const before = ana.frames.length
    const call = (request: number) =>
      ({
        kind: 'request',
        request,
        deadlineMs: 1000,
        remote: ana.remoteId('ask'),
        args: ana.encode([request]),
      }) as const
    ana.call(call(first), call(first + 1), call(first + 2))
    await settle()
    expect(ana.frames.length - before).toBe(1)
    expect([0, 1, 2].map((n) => ana.answer(first + n))).toEqual([0, 1, 2].map((n) => ({ value: first + n })))
    isAsync = true
  }
})

test('RM9 a handler that requests wait for is not called within its assignment', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const ana = await join()
  ana.ask(1, 'ask', 'early')
  ana.ask(2, 'ask', 'early, and given up')
  await settle()
  const asked: unknown[] = []
  place.remote(remotes.ask).onServerInvoke = (_player, payload) => {
    asked.push(payload)
    return prices.sword
  }
  const prices = { sword: 5 }
  ana.call({ kind: 'cancel', request: 2 })
  await settle()
  expect(ana.answer(1)).toEqual({ value: 5 })
  expect(asked).toEqual(['early'])
  place.remote(remotes.ask).onServerInvoke = null
  ana.ask(3, 'ask', 'gone')
  await settle()
  place.remote(remotes.ask).onServerInvoke = () => asked.push('called after the end')
  await place.stop()
  await settle()
  expect(asked).toEqual(['early'])
})

test('RM9 a request is held until a handler is set, or its deadline passes', async () => {
  const { place, clock, join, settle } = createTestPlace({ definition })
  const ana = await join()
  ana.ask(1, 'ask', 'early')
  ana.ask(2, 'spell', 1)
  await settle()
  expect(ana.answer(1)).toBeNull()
  place.remote(remotes.ask).onServerInvoke = (_player, payload) => `heard ${String(payload)}`
  await settle()
  expect(ana.answer(1)).toEqual({ value: 'heard early' })
  place.remote(remotes.ask).onServerInvoke = () => new Promise(() => {})
  ana.ask(3, 'ask', 'slow')
  await settle()
  clock.advance(10_100)
  await settle()
  expect([ana.answer(2), ana.answer(3)]).toEqual([{ code: 'noHandler' }, { code: 'timeout' }])
  place.remote(remotes.ask).onServerInvoke = null
  ana.call({
    kind: 'request',
    request: 4,
    deadlineMs: 1_000_000_000,
    remote: ana.remoteId('ask'),
    args: ana.encode([0]),
  })
  await settle()
  clock.advance(60_100)
  await settle()
  expect(ana.answer(4)).toEqual({ code: 'noHandler' })
})

test('RM10 a failing handler is reported on the server; the client learns only that it failed', async () => {
  const { place, join, settle, log } = createTestPlace({ definition })
  const ana = await join()
  place.remote(remotes.ask).onServerInvoke = () => {
    throw new Error('database password is hunter2')
  }
  ana.ask(1, 'ask', 1)
  await settle()
  place.remote(remotes.ask).onServerInvoke = () => Promise.reject(new Error('later'))
  ana.ask(2, 'ask', 1)
  await settle()
  place.remote(remotes.ask).onServerInvoke = () => () => 'functions do not travel'
  ana.ask(3, 'ask', 1)
  place.remote(remotes.spell).onServerInvoke = () => 5 as unknown as string
  ana.ask(4, 'spell', 1)
  await settle()
  expect([1, 2, 3, 4].map((number) => ana.answer(number))).toEqual(
    Array.from({ length: 4 }, () => ({ code: 'handlerError' })),
  )
  expect(log.errors.map(({ line }) => line)).toEqual([
    ...Array.from({ length: 3 }, () => 'place "test": ask.onServerInvoke failed'),
    'place "test": spell.onServerInvoke failed',
  ])
  expect(ana.frames.map((frame) => new TextDecoder().decode(frame)).join()).not.toContain('hunter2')
})

test('RM11 a cancelled request aborts its handler’s signal and has no answer', async () => {
  const { place, join, settle, clock, log } = createTestPlace({ definition })
  const ana = await join()
  let signal: AbortSignal | null = null
  place.remote(remotes.ask).onServerInvoke = (_player, _payload, context) => {
    signal = context.signal
    return new Promise((_resolve, reject) => {
      context.signal.addEventListener('abort', () => reject(context.signal.reason))
    })
  }
  ana.ask(1, 'ask', 1)
  await settle()
  ana.call({ kind: 'cancel', request: 1 }, { kind: 'cancel', request: 77 })
  await settle()
  clock.advance(20_000)
  await settle()
  expect(signal).toMatchObject({ aborted: true })
  expect([ana.answer(1), ana.closed, log.errors]).toEqual([null, null, []])
})

test('RM12 a request to a remote that is destroyed meanwhile is rejected', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join()
  const remote = new RemoteFunction({ name: 'Brief', parent: place.game.getService('ReplicatedStorage') })
  await tick()
  ana.ask(1, remote.id)
  await tick()
  remote.destroy()
  await tick()
  expect(ana.answer(1)).toEqual({ code: 'destroyed' })
})

test('RM17 256 requests may wait; one more is throttled, and one that is asked twice ends the session', async () => {
  const { place, clock, join, settle } = createTestPlace({ definition })
  place.remote(remotes.ask).onServerInvoke = () => new Promise(() => {})
  const ana = await join()
  const call = (request: number) =>
    ({
      kind: 'request',
      request,
      deadlineMs: 60_000,
      remote: ana.remoteId('ask'),
      args: ana.encode([1]),
    }) as const
  for (let n = 1; n <= 257; n += 1) {
    ana.call(call(n))
    if (n % 100 === 0) clock.advance(2000)
    await settle()
  }
  expect([ana.answer(256), ana.answer(257)]).toEqual([null, { code: 'throttled' }])
  ana.call(call(256))
  await settle()
  expect(ana.closed?.code).toBe('malformed')
})

test('RM17 requests whose arguments take 1 MiB together may wait, and make room once they are answered', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const answers: (() => void)[] = []
  place.remote(remotes.ask).onServerInvoke = () =>
    new Promise((resolve) => answers.push(() => resolve('done')))
  const ana = await join()
  for (let n = 1; n <= 19; n += 1) ana.ask(n, 'ask', 'x'.repeat(60_000))
  await settle()
  expect([answers.length, ana.answer(18), ana.answer(19)]).toEqual([18, null, { code: 'throttled' }])
  answers[0]?.()
  await settle()
  ana.ask(20, 'ask', 'small')
  await settle()
  expect([ana.answer(1), ana.answer(20), answers.length]).toEqual([{ value: 'done' }, null, 19])
})

test('RM22 a refusal tells nothing of a remote that was hidden since, not even its name', async () => {
  const { place, clock, join, tick } = createTestPlace({ definition })
  const ends = ['destroyed', 'unanswered', 'waiting', 'failing', 'throttled'] as const
  const made = ends.map(
    (name) =>
      [name, new RemoteFunction({ name, parent: place.game.getService('ReplicatedStorage') })] as const,
  )
  const remotes = Object.fromEntries(made) as Record<(typeof ends)[number], RemoteFunction>
  let fail: (error: Error) => void = () => {}
  remotes.unanswered.onServerInvoke = () => new Promise(() => {})
  remotes.failing.onServerInvoke = () =>
    new Promise((_resolve, reject) => {
      fail = reject
    })
  const ana = await join()
  for (const [index, name] of ends.entries()) ana.ask(index + 1, remotes[name].id)
  await tick()
  for (const remote of Object.values(remotes)) {
    remote.visibleTo = 'nobody'
    remote.name = 'hunter2'
  }
  // Before the commit the client sees it still.
  const call = {
    kind: 'request',
    deadlineMs: 1000,
    remote: remotes.throttled.id,
    args: ana.encode([]),
  } as const
  ana.call(...Array.from({ length: 150 }, (_, index) => ({ ...call, request: index + 50 })))
  await tick()
  remotes.destroyed.destroy()
  fail(new Error('of no concern to clients'))
  await tick()
  clock.advance(11_000)
  await tick()
  expect([1, 2, 3, 4, 199].map((request) => ana.answer(request))).toEqual(
    ['destroyed', 'timeout', 'noHandler', 'handlerError', 'throttled'].map((code) => ({ code })),
  )
  expect(Buffer.concat(ana.frames).toString('latin1')).not.toContain('hunter2')
})

test('RM11 a signal that a handler asks for after its request was cancelled is aborted', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const ana = await join()
  const contexts: RequestContext[] = []
  place.remote(remotes.ask).onServerInvoke = (_player, _payload, context) => {
    contexts.push(context)
    return new Promise(() => {})
  }
  ana.ask(1, 'ask', 'please')
  ana.call({ kind: 'cancel', request: 1 })
  await settle()
  expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true])
  expect(contexts[0]?.signal).toBe(contexts[0]?.signal)
})

test('RM12 a handler that destroys its own remote and then waits leaves nobody waiting', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const ana = await join()
  const { instance } = place.remote(remotes.ask)
  place.remote(remotes.ask).onServerInvoke = () => {
    instance.destroy()
    return new Promise(() => {})
  }
  ana.ask(1, 'ask', 'please')
  await settle()
  expect(ana.answer(1)).toMatchObject({ code: 'destroyed' })
})
