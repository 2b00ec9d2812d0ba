import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { definition, remotes } from '../../fixtures/test-remotes.ts'

test('SE1 who comes first is new, who lost its page rejoins, who kept it resumes', async () => {
  const { newClient, join, settle, place } = createTestPlace({ definition })
  const ana = await join()
  const { welcome } = ana
  expect(welcome).toMatchObject({ status: 'new', callSeq: 0, eventSeq: 1 })
  const reloaded = newClient().connect({ guestKey: 'Ana-key', resume: { token: welcome.token } })
  await settle()
  expect(reloaded.welcome).toMatchObject({
    status: 'rejoined',
    playerId: welcome.playerId,
    callSeq: 0,
    eventSeq: 1,
  })
  reloaded.drop()
  await settle()
  const resume = reloaded.resume()
  reloaded.connect({ guestKey: 'Ana-key', resume })
  await settle()
  expect(reloaded.welcome).toMatchObject({
    status: 'resumed',
    playerId: welcome.playerId,
    epoch: welcome.epoch,
  })
  expect(place.players.getPlayers()).toHaveLength(1)
})

test('SE1 a token of nowhere, another run, or another user makes nobody the player of that token', async () => {
  const { join, newClient, settle, place } = createTestPlace({ definition })
  const ana = await join({ name: 'Ana' })
  const stranger = newClient().connect({ guestKey: 'other-key', resume: ana.resume() })
  await settle()
  expect(stranger.welcome.status).toBe('new')
  expect(stranger.welcome.playerId).not.toBe(ana.welcome.playerId)
  expect(ana.closed).toBeNull()
  for (const wrong of [{ token: 'x' }, { epoch: 'x' }, { eventSeq: 5 }]) {
    const again = newClient().connect({ guestKey: 'Ana-key', resume: { ...ana.resume(), ...wrong } })
    await settle()
    expect(again.welcome).toMatchObject({ status: 'rejoined', playerId: ana.welcome.playerId })
  }
  expect(place.players.getPlayers()).toHaveLength(2)
})

test('SE4 a token ends with the first acknowledgement of the next one', async () => {
  const { join, newClient, settle } = createTestPlace({ definition })
  const ana = await join()
  const old = ana.resume()
  const second = newClient().connect({ guestKey: 'Ana-key', resume: old })
  await settle()
  const third = newClient().connect({ guestKey: 'Ana-key', resume: old })
  await settle()
  expect([second.welcome.status, third.welcome.status]).toEqual(['resumed', 'resumed'])
  third.ack()
  await settle()
  const fourth = newClient().connect({ guestKey: 'Ana-key', resume: old })
  await settle()
  expect(fourth.welcome.status).toBe('rejoined')
})

test('SE7 a reloaded page gets no earlier events, and its open requests end', async () => {
  const { place, join, newClient, settle, tick } = createTestPlace({ definition })
  let signal: AbortSignal | null = null
  place.remote(remotes.ask).onServerInvoke = (_player, _payload, context) => {
    signal = context.signal
    return new Promise(() => {})
  }
  const ana = await join()
  ana.ask(1, 'ask', null)
  await settle()
  place.remote(remotes.note).fireAllClients('before')
  ana.drop()
  await settle()
  const reloaded = newClient().connect({ guestKey: 'Ana-key', resume: { token: ana.welcome.token } })
  await tick()
  expect(signal).toMatchObject({ aborted: true })
  expect(reloaded.deliveries).toEqual([])
  place.remote(remotes.note).fireAllClients('after')
  await tick()
  expect(reloaded.events('note')).toEqual([['after']])
})

test('SE10 a full place refuses newcomers and takes back those who are away', async () => {
  const { join, settle } = createTestPlace({ definition, maxPlayers: 2 })
  const ana = await join({ name: 'Ana' })
  await join({ name: 'Ben' })
  ana.drop()
  await settle()
  const cem = await join({ name: 'Cem' })
  expect([cem.wasWelcomed, cem.closed?.code, cem.hasClosed]).toEqual([false, 'placeFull', true])
  expect((await join({ name: 'Ana' })).welcome.status).toBe('rejoined')
})

test('SE11 the host decides who someone is, at once or later', async () => {
  const { place, join } = createTestPlace({
    definition,
    authenticate: ({ credentials }) => {
      if (credentials === 'sync') return { userId: 'u1', name: 'One' }
      if (credentials === 'async') return Promise.resolve({ userId: 'u2', name: 'Two' })
      if (credentials === 'reject') return Promise.reject(new Error('bad ticket'))
      throw new Error('no ticket')
    },
  })
  await join({ credentials: 'sync' })
  await join({ credentials: 'async' })
  expect(place.players.getPlayers().map(({ userId, name }) => `${userId} ${name}`)).toEqual([
    'u1 One',
    'u2 Two',
  ])
  for (const credentials of ['reject', null]) {
    const refused = await join({ credentials })
    expect([refused.wasWelcomed, refused.closed?.code]).toEqual([false, 'unauthorized'])
  }
})

test('SE11 an authentication that takes 10 s, or that its client does not wait for, comes to nothing', async () => {
  const verdicts: ((identity: { userId: string; name: string }) => void)[] = []
  const { place, clock, join, settle } = createTestPlace({
    definition,
    authenticate: () => new Promise((resolve) => verdicts.push(resolve)),
  })
  const slow = await join({ name: 'Slow' })
  const gone = await join({ name: 'Gone' })
  gone.drop()
  clock.advance(10_000)
  await settle()
  for (const verdict of verdicts) verdict({ userId: 'u', name: 'U' })
  await settle()
  expect(slow.closed?.code).toBe('unauthorized')
  expect(place.players.getPlayers()).toEqual([])
  expect(clock.pending).toBe(1)
})
