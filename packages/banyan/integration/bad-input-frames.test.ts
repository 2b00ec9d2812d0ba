// Frames that no honest client sends, from someone who is in: the session closes with a code, and nobody else notices.
import { encodeAck, encodeCalls, encodeHello, encodePing, protocolVersion } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'
import { wire } from './fixtures/stranger.ts'

const bytes = (...parts: (number | readonly number[] | string)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)))

const repeat = (count: number, ...part: number[]): number[] =>
  Array.from({ length: count }, () => part).flat()

/** A count or length of 2^53 - 1. */
const huge = [...repeat(7, 0xff), 0x0f]
const nan = [...repeat(6, 0), 0xf8, 0x7f]
const noAck = { seq: 0, eventSeq: 0 }

const hello = encodeHello({
  protocolVersion,
  definitionHash: '',
  place: 'main',
  guestKey: 'mallory',
  name: 'mallory',
  turn: 0,
  credentials: null,
  resume: null,
})

/** The frame, and what the server says of it. */
const malformed: Readonly<Record<string, readonly [frame: Uint8Array, problem: RegExp]>> = {
  'nothing at all': [bytes(), /end too early/],
  'an unknown type': [bytes(0x7f), /no message of kind 127/],
  'a welcome, which goes the other way': [bytes(0x81, 0), /no message of kind 129/],
  'patches, which go the other way': [bytes(0x82, 0), /no message of kind 130/],
  'a close, which goes the other way': [bytes(0x84, 3, 0), /no message of kind 132/],
  'random bytes': [bytes(0x02, 0x93, 0x17, 0xfe, 0x00, 0xaa, 0x3c), /./],
  'half a number': [bytes(0x03, 0x80), /end too early/],
  'a number beyond 2^53': [bytes(0x03, repeat(7, 0xff), 0x1f, 0), /above 2\^53/],
  'a ping of NaN': [bytes(0x04, nan), /not finite/],
  'a leave with more behind it': [bytes(0x05, 0), /1 byte/],
  'an unknown kind of call': [bytes(0x02, 1, 0, 0, 9), /no call 9/],
  'arguments of 2^53 bytes': [bytes(0x02, 1, 0, 0, 0, 5, 0, huge, 1), /end too early/],
  'a table of 2^53 instances': [bytes(0x02, 1, 0, 0, 0, 5, huge, 1, 1), /count of 9007199254740991/],
  'a datagram of half its fields': [bytes(0x06, 1), /end too early/],
  'a datagram, which goes the other way': [bytes(0x85, 1, 5, 0, 1, 0), /no message of kind 133/],
  'a datagram of 2^53 bytes': [bytes(0x06, 1, 5, 0, huge, 1), /end too early/],
  'a datagram with more behind it': [bytes(0x06, 1, 5, 0, 1, 0, 0), /1 byte/],
  'a second hello': [hello, /second hello/],
  'SE8 a gap in the numbers of calls': [
    encodeCalls({ seq: 2, ack: noAck, calls: [] }),
    /calls 2 came after 0/,
  ],
  'SE16 an ack of a patch to come': [encodeAck({ seq: 1_000_000, eventSeq: 0 }), /1000000 was never sent/],
  'SE16 an ack of a delivery to come': [encodeAck({ seq: 0, eventSeq: 7 }), /7 was never sent/],
}

test.each(Object.entries(malformed))(
  'IN1 %s closes the session as malformed',
  async (_, [frame, problem]) => {
    await using arena = await createArena()
    const intruder = await arena.intruder()
    intruder.send(frame)
    await arena.until('the session closes', () => intruder.isCut)
    expect(intruder.closed?.code).toBe('malformed')
    expect(intruder.closed?.reason).toMatch(problem)
    expect(arena.warnings).toHaveLength(1)
    expect(arena.warnings[0]).toMatch(/closed the session of "mallory" \(guest-\S+\) as malformed: /)
    expect(arena.place.stats.closedForInput).toBe(1)
    await arena.expectUnharmed()
  },
)

test('IN1 a frame above 64 KiB closes the session as oversize', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const payload = wire(['x'.repeat(65_536)])
  intruder.call([{ kind: 'event', remote: intruder.idOf('Loose'), args: payload }])
  await arena.until('the session closes', () => intruder.isCut)
  expect(intruder.closed?.code).toBe('oversize')
  expect(arena.warnings).toEqual([expect.stringContaining('as oversize')])
  expect(arena.heard).toHaveLength(1)
  await arena.expectUnharmed()
})

test('IN1 what was said before a malformed frame still counts, what comes after it does not', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  intruder.fire('Loose', 'before')
  intruder.send(bytes(0x7f))
  intruder.fire('Loose', 'after')
  await arena.until('the session closes', () => intruder.isCut)
  expect(arena.heard.slice(1)).toEqual([['mallory', 'Loose', 'before']])
  await arena.expectUnharmed()
})

test('IN1 SE2 whose session closed as malformed may come back to it within the grace period', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const player = arena.place.players.getPlayers().at(-1)
  intruder.ask(1, 'linger', 'still open')
  await arena.sync(intruder)
  intruder.send(bytes(0x7f))
  await arena.until('the session closes', () => intruder.isCut)
  expect(player?.connected).toBe(false)
  const again = await arena.stranger()
  again.sayHello({ resume: intruder.resume() })
  await arena.until('it is let in', () => again.welcome !== null)
  expect(again.welcome).toMatchObject({ status: 'resumed', playerId: player?.id })
  expect(player?.connected).toBe(true)
  await arena.sync(again)
  expect(again.answerTo(1)).toBeNull()
  arena.release()
  await arena.until('what was asked before is answered', () => again.answerTo(1) !== null)
  expect(again.answerTo(1)).toEqual({ value: 'still open' })
  await arena.expectUnharmed()
})

test('SE8 calls that were handled are not handled again', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const call = { kind: 'event', remote: intruder.idOf('Loose'), args: wire(['once']) } as const
  for (let time = 0; time < 3; time += 1) intruder.call([call], 1)
  await arena.sync(intruder)
  expect(arena.heard.slice(1)).toEqual([['mallory', 'Loose', 'once']])
  expect(intruder.isCut).toBe(false)
  await arena.expectUnharmed()
})

test('IN2 LM6 a hundred offenders make ten lines in the log, and the next line tells how many were left out', async () => {
  await using arena = await createArena({ maxPlayers: 200 })
  const offend = async (name: string): Promise<void> => {
    const intruder = await arena.intruder(name)
    intruder.send(bytes(0x7f))
    await arena.until('the session closes', () => intruder.isCut)
    expect(intruder.closed?.code).toBe('malformed')
  }
  await Promise.all(Array.from({ length: 100 }, (_, index) => offend(`mallory ${index}`)))
  expect(arena.warnings).toHaveLength(10)
  await arena.advance(1_000)
  await offend('straggler')
  expect(arena.warnings.at(-1)).toMatch(/\(90 similar lines left out\)$/)
  await arena.expectUnharmed()
})

test('IN3 frames beyond the rate close the session as flooded', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  for (let count = 0; count < 1_002; count += 1) intruder.send(encodePing({ clientMs: count }))
  await arena.until('the session closes', () => intruder.isCut)
  expect(intruder.closed?.code).toBe('flooded')
  expect(intruder.messages.filter(({ kind }) => kind === 'pong')).toHaveLength(1_000)
  await arena.expectUnharmed()
})
