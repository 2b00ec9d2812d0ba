// Session tokens that were forged, stolen, spent or shared.
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'

test('SE1 a forged token is no way into a session: its player stays, the replica is a fresh one', async () => {
  await using arena = await createArena()
  const first = await arena.intruder()
  first.hangUp()
  await arena.until('the first is away', () => arena.place.stats.connected === 1)
  const again = await arena.stranger()
  again.sayHello({ resume: { ...first.resume(), token: 'A'.repeat(22) } })
  await arena.until('it is let in', () => again.welcome !== null)
  expect(again.welcome?.status).toBe('rejoined')
  expect(again.welcome?.playerId).toBe(first.welcome?.playerId)
  await arena.expectUnharmed()
})

test('SE1 a stolen token does not make its thief the player', async () => {
  await using arena = await createArena()
  const victim = await arena.intruder('victim')
  const victimId = victim.welcome?.playerId
  const thief = await arena.stranger('thief')
  thief.sayHello({ resume: victim.resume() })
  await arena.until('the thief is let in', () => thief.welcome !== null)
  expect(thief.welcome?.status).toBe('new')
  expect(thief.welcome?.playerId).not.toBe(victimId)
  await arena.sync(victim)
  expect(victim.isCut).toBe(false)
  await arena.expectUnharmed()
})

test('SE4 a token is spent once a later one is acknowledged', async () => {
  await using arena = await createArena()
  const first = await arena.intruder()
  const spent = first.resume()
  const second = await arena.stranger()
  second.sayHello({ resume: spent })
  await arena.until('the second is let in', () => second.welcome !== null)
  expect(second.welcome?.status).toBe('resumed')
  await arena.sync(second)
  const replay = await arena.stranger()
  replay.sayHello({ resume: spent })
  await arena.until('the third is let in', () => replay.welcome !== null)
  expect(replay.welcome?.status).toBe('rejoined')
  await arena.expectUnharmed()
})

test('SE3 SE4 a token stays good while the welcome with its successor may have been lost', async () => {
  await using arena = await createArena()
  const shown = (await arena.intruder()).resume()
  for (let time = 0; time < 3; time += 1) {
    const again = await arena.stranger()
    again.sayHello({ resume: shown })
    await arena.until('it is let in', () => again.welcome !== null)
    expect(again.welcome?.status).toBe('resumed')
    again.hangUp()
  }
  await arena.expectUnharmed()
})

test('SE2 a token of a session that ended makes a new player', async () => {
  await using arena = await createArena()
  const first = await arena.intruder()
  first.hangUp()
  await arena.until('the first is away', () => arena.place.stats.connected === 1)
  await arena.advance(30_000)
  const late = await arena.stranger()
  late.sayHello({ resume: first.resume() })
  await arena.until('it is let in', () => late.welcome !== null)
  expect(late.welcome?.status).toBe('new')
  expect(late.welcome?.playerId).not.toBe(first.welcome?.playerId)
  await arena.expectUnharmed()
})

test.each([
  ['an epoch of another run', { epoch: 'another' }],
  ['deliveries from the future', { eventSeq: 1_000_000 }],
  ['the largest numbers there are', { seq: Number.MAX_SAFE_INTEGER, eventSeq: Number.MAX_SAFE_INTEGER }],
  ['a token of 60,000 characters', { token: 'A'.repeat(60_000) }],
])('SE1 a resume with %s starts the replica anew', async (_, lie) => {
  await using arena = await createArena()
  const first = await arena.intruder()
  const again = await arena.stranger()
  again.sayHello({ resume: { ...first.resume(), ...lie } })
  await arena.until('it is let in', () => again.welcome !== null)
  expect(again.welcome?.status).toBe('rejoined')
  await arena.sync(again)
  await arena.expectUnharmed()
})

test('SE5 of two connections with one token the newest wins, and the older is told', async () => {
  await using arena = await createArena()
  const first = await arena.intruder()
  const token = first.resume()
  const [second, third] = [await arena.stranger(), await arena.stranger()]
  second.sayHello({ resume: token })
  await arena.until('the second is let in', () => second.welcome !== null)
  third.sayHello({ resume: token })
  await arena.until('the third is let in', () => third.welcome !== null)
  await arena.until('the older ones are gone', () => first.isCut && second.isCut)
  expect([first.closed?.code, second.closed?.code]).toEqual(['takenOver', 'takenOver'])
  first.fire('Loose', 'from the first')
  third.fire('Loose', 'from the third')
  await arena.sync(third)
  expect(arena.heard.slice(1)).toEqual([['mallory', 'Loose', 'from the third']])
  expect(arena.host.server.metrics()).toMatchObject({ connections: 2, players: 2 })
  await arena.expectUnharmed()
})

test('SE5 twenty connections at once under one name end in one', async () => {
  await using arena = await createArena()
  const all = await Promise.all(Array.from({ length: 20 }, () => arena.stranger()))
  for (const one of all) one.sayHello()
  await arena.until('all but one are gone', () => all.filter(({ isCut }) => isCut).length === 19)
  const [left] = all.filter(({ isCut }) => !isCut)
  if (left === undefined) throw new Error('one is left')
  await arena.sync(left)
  expect(arena.place.players.getPlayers()).toHaveLength(2)
  await arena.expectUnharmed()
})

test('PY3 nobody can take a guest’s seat without its key, even by its id', async () => {
  await using arena = await createArena()
  const ana = arena.place.players.getPlayers()[0]
  const thief = await arena.stranger(ana?.userId)
  thief.sayHello({ name: 'ana' })
  await arena.until('the thief is let in', () => thief.welcome !== null)
  expect(thief.welcome?.playerId).not.toBe(ana?.id)
  expect(arena.place.players.getPlayers().map(({ name }) => name)).toEqual(['ana', 'ana 2'])
  await arena.expectUnharmed()
})
