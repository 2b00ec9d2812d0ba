// Calls that are well-formed and not allowed: events are dropped and counted, requests are rejected, nobody is closed.
import type { Call } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { type Arena, createArena } from './fixtures/arena.ts'
import { type Stranger, wire } from './fixtures/stranger.ts'

const noSuchId = 1_000_000

/** How often the place dropped what the stranger sent, by remote. */
function dropsOf(arena: Arena, name = 'mallory'): Record<string, unknown> {
  const player = arena.place.players.getPlayers().find((one) => one.name === name)
  return player === undefined ? {} : Object.fromEntries(arena.place.dropsOf(player))
}

const once = { invalid: 1, throttled: 0, late: 0 }

test.each<[string, string, (intruder: Stranger) => void]>([
  ['a payload that its schema refuses', 'steer', (it) => it.fire('steer', { angle: 'left' })],
  ['a payload with a part missing', 'steer', (it) => it.fire('steer', {})],
  ['NaN', 'steer', (it) => it.fire('steer', { angle: Number.NaN })],
  ['Infinity', 'steer', (it) => it.fire('steer', { angle: Number.POSITIVE_INFINITY })],
  ['NaN where anything goes', 'point', (it) => it.fire('point', [{ deep: new Float64Array([Number.NaN]) }])],
  ['NaN for a remote made at run time', 'Loose', (it) => it.fire('Loose', 1, Number.NaN)],
  ['an invalid date', 'point', (it) => it.fire('point', new Date(Number.NaN))],
  ['two payloads', 'steer', (it) => it.fire('steer', { angle: 1 }, { angle: 2 })],
  ['no payload', 'steer', (it) => it.fire('steer')],
  ['a forged player before the payload', 'steer', (it) => it.fire('steer', 'ana', { angle: 1 })],
  ['more bytes than its contract allows', 'shout', (it) => it.fire('shout', 'x'.repeat(32))],
  ['an unknown remote', '(unknown)', (it) => it.fire(noSuchId, 'hello')],
  ['the id zero', '(unknown)', (it) => it.fire(0, 'hello')],
  ['an instance that is no remote', 'Plain', (it) => it.fire('Plain', 'hello')],
  ['the root of the tree', 'game', (it) => it.fire(1, 'hello')],
  ['a request as if it were an event', 'double', (it) => it.fire('double', 1)],
])('RM3 RM4 RM5 RM15 an event with %s is dropped and counted', async (_, remote, attack) => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  attack(intruder)
  intruder.fire('Loose', 'next')
  await arena.sync(intruder)
  expect(arena.heard.slice(1)).toEqual([['mallory', 'Loose', 'next']])
  expect(dropsOf(arena)).toEqual({ [remote]: once })
  expect(dropsOf(arena, 'ana')).toEqual({})
  expect(arena.place.stats).toMatchObject({ invalid: 1, throttled: 0, closedForInput: 0 })
  expect(arena.warnings).toEqual([])
  await arena.expectUnharmed()
})

test.each<[string, string, (intruder: Stranger) => void]>([
  ['a payload that its schema refuses', 'double', (it) => it.ask(1, 'double', 'two')],
  ['NaN', 'double', (it) => it.ask(1, 'double', Number.NaN)],
  ['two payloads', 'double', (it) => it.ask(1, 'double', 1, 2)],
  ['an unknown remote', '(unknown)', (it) => it.ask(1, noSuchId, 1)],
  ['an instance that is no remote', 'Plain', (it) => it.ask(1, 'Plain', 1)],
  ['an event', 'Loose', (it) => it.ask(1, 'Loose', 1)],
  ['a contract that is an event', 'steer', (it) => it.ask(1, 'steer', { angle: 1 })],
])('RM3 RM4 RM5 RM22 a request with %s is rejected as invalid', async (_, remote, attack) => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  attack(intruder)
  intruder.ask(2, 'double', 21)
  await arena.until('both are answered', () => intruder.answerTo(2) !== null)
  expect(intruder.answerTo(1)).toEqual({ code: 'invalid', message: expect.not.stringContaining(remote) })
  expect(intruder.answerTo(2)).toEqual({ value: 42 })
  expect(dropsOf(arena)).toEqual({ [remote]: once })
  await arena.expectUnharmed()
})

test('RM5 a remote that the client may not see does not exist for it, whichever id it guesses', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const secret = arena.place.game.getService('ServerStorage').findFirstChild('Secret')
  const call: Call = { kind: 'event', remote: secret?.id ?? 0, args: wire(['let me in']) }
  intruder.call([call, { ...call, kind: 'request', request: 1, deadlineMs: 1_000 }])
  await arena.until('the request is answered', () => intruder.answerTo(1) !== null)
  expect(intruder.answerTo(1)).toEqual({ code: 'invalid', message: expect.not.stringContaining('Secret') })
  expect(dropsOf(arena)).toEqual({ '(unknown)': { invalid: 2, throttled: 0, late: 0 } })
  expect(arena.heard).toHaveLength(1)
  await arena.expectUnharmed()
})

test('RM6 a remote that only the server fires closes the session of a client that fires it', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  intruder.fire('announced', 'the server is mine')
  await arena.until('the session closes', () => intruder.isCut)
  expect(intruder.closed?.code).toBe('malformed')
  expect(intruder.closed?.reason).toContain('"announced"')
  expect(arena.warnings).toHaveLength(1)
  expect(arena.honest.game.getService('ReplicatedStorage').findFirstDescendant('announced')).not.toBeNull()
  await arena.expectUnharmed()
})

test('RM17 a request under a number that is still in use closes the session', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  intruder.ask(1, 'linger', 'one')
  intruder.ask(1, 'linger', 'two')
  await arena.until('the session closes', () => intruder.isCut)
  expect(intruder.closed?.code).toBe('malformed')
  expect(intruder.closed?.reason).toContain('request 1 is asked twice')
  await arena.expectUnharmed()
})

test('RM2 the player is injected: whatever a client sends is payload, its own name for a player too', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const ana = arena.place.players.getPlayers().find(({ name }) => name === 'ana')
  intruder.call([
    { kind: 'event', remote: intruder.idOf('Loose'), args: { ...wire([ana]), instances: [ana?.id ?? 0] } },
  ])
  await arena.sync(intruder)
  expect(arena.heard.slice(1)).toEqual([['mallory', 'Loose', ana]])
  await arena.expectUnharmed()
})

test('RM7 instances that do not exist, or not for this client, arrive as null', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const { game, players } = arena.place
  const secretId = game.getService('ServerStorage').findFirstChild('Secret')?.id ?? 0
  const othersId = players.getPlayers()[0]?.backpack?.id ?? 0
  const ids = [noSuchId, secretId, Number.MAX_SAFE_INTEGER, othersId]
  const four = (['Workspace', 'Players', 'StarterGui', 'Teams'] as const).map((name) => game.getService(name))
  const args = { bytes: wire(four).bytes, instances: ids }
  intruder.call([{ kind: 'event', remote: intruder.idOf('Loose'), args }])
  await arena.sync(intruder)
  expect(arena.heard.slice(1)).toEqual([['mallory', 'Loose', null, null, null, null]])
  await arena.expectUnharmed()
})
