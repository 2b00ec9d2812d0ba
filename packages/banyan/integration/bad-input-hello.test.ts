// What strangers say before they are let in, and what they leave unsaid.
import { encodeCalls, encodeHello, encodePing, type Hello, protocolVersion } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { type Arena, createArena } from './fixtures/arena.ts'
import { definition } from './fixtures/arena-game.ts'
import type { Stranger } from './fixtures/stranger.ts'

const honestHello: Hello = {
  protocolVersion,
  definitionHash: definition.hash,
  place: 'main',
  guestKey: 'mallory',
  name: 'mallory',
  turn: 0,
  credentials: null,
  resume: null,
}

const bytes = (...parts: (number | readonly number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)))

/** A hello up to its credentials, which follow, as their bytes are not to be had from an encoder. */
function helloWith(...credentials: (number | readonly number[] | string)[]): Uint8Array {
  const whole = encodeHello(honestHello)
  return bytes([...whole.subarray(0, -2)], ...credentials, 0)
}

async function turnedAway(arena: Arena, frame: Uint8Array): Promise<Stranger> {
  const stranger = await arena.stranger()
  stranger.send(frame)
  await arena.until('the line is cut', () => stranger.isCut)
  expect(stranger.welcome).toBeNull()
  expect(arena.place.players.getPlayers()).toHaveLength(1)
  return stranger
}

test.each<[string, Uint8Array]>([
  ['calls', encodeCalls({ seq: 1, ack: { seq: 0, eventSeq: 0 }, calls: [] })],
  ['a ping', encodePing({ clientMs: 1 })],
  ['nothing at all', bytes()],
  ['an unknown type', bytes(0x66)],
  ['a hello that is cut short', encodeHello(honestHello).subarray(0, 20)],
  ['a hello with a text of 2^53 bytes', bytes(0x01, protocolVersion, [...Array(7).fill(0xff), 0x0f], 'abc')],
  ['a hello with a text that is not UTF-8', bytes(0x01, protocolVersion, 2, 0xc3, 0x28)],
  ['a hello with a key __proto__', helloWith(0x31, 9, '__proto__', 0x31, 7, 'isAdmin', 0x02)],
  ['a hello with NaN', helloWith(0x05, [0, 0, 0, 0, 0, 0, 0xf8, 0x7f])],
  ['a hello of 33 levels', helloWith(Array(33).fill(0x21), 0)],
])('GT2 %s instead of a hello is malformed', async (_, frame) => {
  await using arena = await createArena()
  const stranger = await turnedAway(arena, frame)
  expect(stranger.closed?.code).toBe('malformed')
  expect(arena.warnings).toEqual([expect.stringMatching(/^closed a connection as malformed: /)])
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
  await arena.expectUnharmed()
})

test('GT2 a hello above 64 KiB is oversize', async () => {
  await using arena = await createArena()
  const stranger = await turnedAway(arena, encodeHello({ ...honestHello, name: 'x'.repeat(65_536) }))
  expect(stranger.closed?.code).toBe('oversize')
  expect(arena.warnings).toEqual([expect.stringMatching(/^closed a connection as oversize: /)])
  await arena.expectUnharmed()
})

test.each<[string, Partial<Hello>, string, RegExp]>([
  ['another protocol version', { protocolVersion: protocolVersion + 1 }, 'versionMismatch', /Reload/],
  ['another definition', { definitionHash: 'another' }, 'definitionMismatch', /Reload/],
  ['a place that there is not', { place: 'nowhere' }, 'noSuchPlace', /no such place/],
  ['a place that is no name', { place: '../etc/passwd' }, 'noSuchPlace', /no such place/],
  ['the place __proto__', { place: '__proto__' }, 'noSuchPlace', /no such place/],
  ['the place constructor', { place: 'constructor' }, 'noSuchPlace', /no such place/],
  ['a place of 60,000 characters', { place: 'm'.repeat(60_000) }, 'noSuchPlace', /no such place/],
  ['no guest key', { guestKey: '' }, 'unauthorized', /guest key/],
  ['a guest key of 60,000 characters', { guestKey: 'm'.repeat(60_000) }, 'unauthorized', /guest key/],
])('GT3 GT4 SE17 a hello with %s is told so', async (_, hello, code, reason) => {
  await using arena = await createArena()
  const stranger = await turnedAway(arena, encodeHello({ ...honestHello, ...hello }))
  expect(stranger.closed?.code).toBe(code)
  expect(stranger.closed?.reason).toMatch(reason)
  await arena.expectUnharmed()
})

test.each<[string, string, string]>([
  ['nothing', '', 'Guest'],
  ['60,000 characters', 'm'.repeat(60_000), 'm'.repeat(20)],
  ['control characters and lines', 'a\u0000b\nc\u202ed', 'a b c d'],
  ["someone else's name", 'ana', 'ana 2'],
  ["someone else's name in full width", 'ＡＮＡ', 'ＡＮＡ 2'],
  ['__proto__', '__proto__', '__proto__'],
  ['an emoji across the limit', `${'m'.repeat(19)}😀`, 'm'.repeat(19)],
])('PY4 PY5 a wish to be called %s becomes a name that fits', async (_, wish, name) => {
  await using arena = await createArena()
  const stranger = await arena.stranger()
  stranger.sayHello({ name: wish })
  await arena.until('the stranger is let in', () => stranger.welcome !== null)
  expect(arena.place.players.getPlayers().map((player) => player.name)).toEqual(['ana', name])
  await arena.expectUnharmed()
})

test('GT1 who says nothing for ten seconds is sent away, and so is a flood of them', async () => {
  await using arena = await createArena()
  const strangers = await Promise.all(Array.from({ length: 100 }, () => arena.stranger()))
  expect(arena.host.server.metrics()).toMatchObject({ connections: 101, players: 1 })
  await arena.advance(9_999)
  await arena.until('the honest player is still heard', () => arena.honest.state.kind === 'joined')
  expect(strangers.some(({ isCut }) => isCut)).toBe(false)
  await arena.advance(1)
  await arena.until('all are gone', () => strangers.every(({ isCut }) => isCut))
  expect(new Set(strangers.map(({ closed }) => closed?.code))).toEqual(new Set(['helloTimeout']))
  expect(arena.warnings).toEqual([])
  await arena.until('no timer is left', () => arena.hostTimers === 0)
  await arena.expectUnharmed()
})

test('SE2 who says hello and hangs up at once leaves nothing but a Player in its grace', async () => {
  await using arena = await createArena()
  const stranger = await arena.stranger()
  stranger.sayHello()
  stranger.hangUp()
  await arena.until('the line is gone', () => arena.host.server.metrics().connections === 1)
  await arena.expectUnharmed()
})

test('SE10 a full place turns away whoever is one too many, and lets its own come back', async () => {
  await using arena = await createArena({ maxPlayers: 2 })
  const first = await arena.intruder('first')
  const second = await arena.stranger('second')
  second.sayHello()
  await arena.until('the second is told', () => second.isCut)
  expect(second.closed).toEqual({
    kind: 'close',
    code: 'placeFull',
    reason: expect.stringContaining('2 players'),
  })
  first.hangUp()
  await arena.until('the first is away', () => arena.place.stats.connected === 1)
  const again = await arena.intruder('first')
  expect(again.welcome?.status).toBe('rejoined')
  await arena.expectUnharmed()
})
