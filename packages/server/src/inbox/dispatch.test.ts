import { Folder, type Player, RemoteEvent, RemoteFunction } from '@banyan/datamodel'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

test('RM2 a handler gets the player that the server injects, and what the schema made of the payload', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  place.remote(remotes.double).onServerEvent.connect((player: Player, payload: string) => {
    heard.push(player.name, payload)
  })
  const ana = await join()
  const ben = await join({ name: 'Ben' })
  ana.fire('double', 21)
  ben.fire('double', place.players.getPlayers()[0], 21)
  await settle()
  expect(heard).toEqual(['Ana', '42'])
})

test('RM3 an event that its schema refuses is dropped and counted; the session goes on', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  place.remote(remotes.double).onServerEvent.connect((_player, payload) => heard.push(payload))
  const ana = await join()
  ana.fire('double', 'x')
  ana.fire('double', 5000)
  ana.fire('double')
  ana.fire('double', 1, 2)
  ana.fire('double', 1)
  await settle()
  expect(heard).toEqual(['2'])
  expect(ana.closed).toBeNull()
  const [player] = place.players.getPlayers()
  expect(player && place.dropsOf(player)).toEqual(
    new Map([['double', { invalid: 4, throttled: 0, late: 0 }]]),
  )
  expect(place.stats.invalid).toBe(4)
})

test('RM20 in development a dropped call is told, with its reason; in production it is only counted', async () => {
  for (const isDevelopment of [true, false]) {
    const { join, log, settle } = createTestPlace({ definition, isDevelopment })
    const ana = await join()
    ana.fire('double', 'x')
    ana.ask(1, 'spell', 'x')
    await settle()
    expect(log.lines).toEqual(
      isDevelopment
        ? [
            expect.stringMatching(/^place "test": dropped a call of "double" by "Ana": \S/),
            expect.stringMatching(/^place "test": dropped a call of "spell" by "Ana": \S/),
          ]
        : [],
    )
  }
})

test('RM4 NaN and infinities are refused before any schema sees them, unless the contract allows them', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  for (const contract of [remotes.act, remotes.odd]) {
    place.remote(contract).onServerEvent.connect((_player, payload) => heard.push(payload))
  }
  const ana = await join()
  for (const wrong of [Number.NaN, { deep: [Number.POSITIVE_INFINITY] }]) ana.fire('act', wrong)
  ana.fire('odd', Number.NaN)
  ana.ask(1, 'spell', Number.NEGATIVE_INFINITY)
  await settle()
  expect(heard).toEqual([Number.NaN])
  expect(ana.answer(1)).toEqual({ code: 'invalid' })
})

test('RM4 prototype keys never reach a handler', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  place.remote(remotes.act).onServerEvent.connect((_player, payload) => heard.push(payload))
  const ana = await join()
  const { bytes } = ana.encode([{ aaaaaaaaa: { isAdmin: true } }])
  const at = new TextDecoder('latin1').decode(bytes).indexOf('aaaaaaaaa')
  const forged = bytes.slice()
  forged.set(new TextEncoder().encode('__proto__'), at)
  ana.call({ kind: 'event', remote: ana.remoteId('act'), args: { bytes: forged, instances: [] } })
  await settle()
  expect(heard).toEqual([])
  expect(ana.closed?.code).toBe('malformed')
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
})

test('RM5 a remote that is unknown, hidden, or of the other kind is as good as none', async () => {
  const { place, join, tick } = createTestPlace({ definition })
  const heard: unknown[] = []
  const hidden = new RemoteEvent({ name: 'Hidden', parent: place.game.getService('ServerStorage') })
  hidden.onServerEvent.connect((...args) => heard.push(args))
  const hiddenAsk = new RemoteFunction({ name: 'HiddenAsk', parent: place.game.getService('ServerStorage') })
  hiddenAsk.onServerInvoke = () => 'secret'
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  const bensOwn = new RemoteEvent({
    name: 'BensOwn',
    parent: place.players.getPlayers()[1]?.playerGui ?? null,
  })
  bensOwn.onServerEvent.connect((...args) => heard.push(args))
  await tick()
  for (const id of [9_999_999, hidden.id, bensOwn.id, 1, ana.remoteId('ask')]) ana.fire(id, 1)
  ana.ask(1, hiddenAsk.id)
  ana.ask(2, 424_242)
  ana.ask(3, 'act', 1)
  await tick()
  expect(heard).toEqual([])
  expect([1, 2, 3].map((number) => ana.answer(number))).toEqual(
    Array.from({ length: 3 }, () => ({ code: 'invalid' })),
  )
  expect(ana.closed).toBeNull()
  ben.fire(bensOwn.id, 'mine')
  await tick()
  expect(heard).toEqual([[place.players.getPlayers()[1], 'mine']])
})

test('RM6 a client that fires what only the server fires is closed as malformed', async () => {
  const { join, settle } = createTestPlace({ definition })
  const ana = await join()
  ana.fire('note', 1)
  await settle()
  expect(ana.closed?.code).toBe('malformed')
})

test('RM7 instances in a payload are the server’s own; unknown and hidden ones are null', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const part = new Folder({ name: 'Part', parent: place.game.getService('Workspace') })
  const hidden = new Folder({ name: 'Hidden', parent: place.game.getService('ServerStorage') })
  const heard: unknown[] = []
  place.remote(remotes.act).onServerEvent.connect((_player, payload) => heard.push(payload))
  const ana = await join()
  const { bytes } = ana.encode([[part, hidden, new Folder()]])
  const call = (instances: number[]) =>
    ({ kind: 'event', remote: ana.remoteId('act'), args: { bytes, instances } }) as const
  ana.call(call([part.id, hidden.id, 123_456]), call([0, part.id, part.id]))
  await settle()
  expect(heard).toEqual([
    [part, null, null],
    [null, part, part],
  ])
})

test('RM15 a payload above the contract’s size is refused', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  place.remote(remotes.small).onServerEvent.connect((_player, payload) => heard.push(payload))
  const ana = await join()
  ana.fire('small', 'x'.repeat(200))
  ana.fire('small', 'x')
  await settle()
  expect(heard).toEqual(['x'])
  expect(place.stats.invalid).toBe(1)
})

test('RM16 calls over a rate are dropped, counted and told; requests are rejected as throttled', async () => {
  const { place, clock, join, settle } = createTestPlace({ definition })
  const heard: unknown[] = []
  const told: string[] = []
  place.remote(remotes.rare).onServerEvent.connect((_player, payload) => heard.push(payload))
  place.remote(remotes.act).onServerEvent.connect(() => heard.push('act'))
  place.onThrottled.connect((player, name) => told.push(`${player.name} ${name}`))
  const ana = await join()
  for (let n = 1; n <= 4; n += 1) ana.fire('rare', n)
  ana.fire('act', 1)
  await settle()
  expect([heard, told]).toEqual([
    [1, 2, 'act'],
    ['Ana rare', 'Ana rare'],
  ])
  clock.advance(1000)
  ana.fire('rare', 5)
  await settle()
  expect(heard.at(-1)).toBe(5)
  const [player] = place.players.getPlayers()
  expect(player && place.dropsOf(player).get('rare')).toEqual({ invalid: 0, throttled: 2, late: 0 })
})

test('RM16 a remote takes 60 calls a second and 120 at once, a session 200 and 400', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const counts = { act: 0, odd: 0, small: 0, double: 0 }
  for (const name of ['act', 'odd', 'small', 'double'] as const) {
    place.remote(remotes[name]).onServerEvent.connect(() => {
      counts[name] += 1
    })
  }
  place.remote(remotes.ask).onServerInvoke = () => 'yes'
  const ana = await join()
  for (let n = 0; n < 130; n += 1) ana.fire('act', 1)
  await settle()
  expect(counts.act).toBe(120)
  for (let n = 0; n < 120; n += 1) ana.fire('odd', 1)
  for (let n = 0; n < 120; n += 1) ana.fire('small', 1)
  await settle()
  expect([counts.odd, counts.small]).toEqual([120, 120])
  for (let n = 0; n < 50; n += 1) ana.fire('double', 1)
  ana.ask(1, 'ask', 1)
  await settle()
  expect(counts.double).toBe(30)
  expect(ana.answer(1)).toEqual({ code: 'throttled' })
  expect([place.stats.throttled, ana.closed]).toEqual([31, null])
})
