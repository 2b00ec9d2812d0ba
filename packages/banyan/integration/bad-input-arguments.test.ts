// Argument bytes that no encoder makes: the session closes before anything of them reaches a handler.
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'
import { wire } from './fixtures/stranger.ts'

const repeat = (count: number, ...part: number[]): number[] =>
  Array.from({ length: count }, () => part).flat()

const text = (value: string): number[] => [...Buffer.from(value)]

/** A count or length of 2^53 - 1. */
const huge = [...repeat(7, 0xff), 0x0f]

/** One argument, as its bytes. */
const malformed: Readonly<Record<string, readonly number[]>> = {
  'a text of 2^53 bytes': [0x06, ...huge, 0x61],
  'an array of 2^53 items': [0x07, ...huge, 0],
  'an object of 2^53 keys': [0x08, ...huge, 0],
  'a Map of 2^53 entries': [0x12, ...huge, 0],
  'a typed array of 2^53 bytes': [0x15, 8, ...huge, 0],
  'a bigint of 2^53 bytes': [0x10, 0, ...huge, 1],
  'a text that is not UTF-8': [0x42, 0xff, 0xfe],
  'an overlong UTF-8 text': [0x42, 0xc0, 0x80],
  'a lone surrogate': [0x43, 0xed, 0xa0, 0x80],
  'a key __proto__': [0x31, 9, ...text('__proto__'), 0x31, 7, ...text('isAdmin'), 0x02],
  'a key constructor': [0x31, 11, ...text('constructor'), 0x31, 9, ...text('prototype'), 0x30],
  'a key prototype': [0x31, 9, ...text('prototype'), 0],
  'a key twice': [0x32, 1, 0x61, 0, 1, 0x61, 0],
  '33 arrays in one another': [...repeat(33, 0x21), 0],
  '60,000 arrays in one another': [...repeat(60_000, 0x21), 0],
  '33 Maps in one another': [...repeat(33, 0x12, 1, 0), 0],
  'an instance beyond the table': [0x1a, 0],
  'an unknown tag': [0x1f],
  'a vector of NaN': [0x16, ...repeat(6, 0), 0xf8, 0x7f, ...repeat(8, 0)],
  'bytes behind the last one': [0x81, 0x81],
}

test.each(Object.entries(malformed))('IN1 RM4 %s closes the session as malformed', async (_, argument) => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const args = { bytes: Uint8Array.of(1, ...argument), instances: [] }
  intruder.call([{ kind: 'event', remote: intruder.idOf('Loose'), args }])
  await arena.until('the session closes', () => intruder.isCut)
  expect(intruder.closed?.code).toBe('malformed')
  expect(intruder.closed?.reason).toContain('args')
  expect(arena.warnings).toHaveLength(1)
  expect(arena.heard).toHaveLength(1)
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
  await arena.expectUnharmed()
})

test('CT9 IN1 a stranger writes neither lines nor novels into the log', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const key = `\n[error] the database is gone \u2028${'x'.repeat(50_000)}`
  // The value under the key has an unknown tag, so that the problem's path names the key.
  const { bytes } = wire([{ [key]: null }])
  intruder.call([
    {
      kind: 'event',
      remote: intruder.idOf('Loose'),
      args: { bytes: Uint8Array.of(...bytes.subarray(0, -1), 0x1f), instances: [] },
    },
  ])
  await arena.until('the session closes', () => intruder.isCut)
  expect(arena.warnings).toHaveLength(1)
  expect(arena.warnings[0]).not.toMatch(/[\n\u2028]/)
  expect(arena.warnings[0]?.length).toBeLessThan(400)
  expect(intruder.closed?.reason.length).toBeLessThan(400)
  await arena.expectUnharmed()
})

test('RM18 as many arguments as a frame holds reach a remote made at run time, and no more than one a contract', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  const many = Array.from({ length: 60_000 }, () => 1)
  intruder.fire('Loose', ...many)
  intruder.ask(1, 'Question', ...many)
  intruder.ask(2, 'double', ...many)
  await arena.until('both are answered', () => intruder.answerTo(2) !== null)
  expect(arena.heard[1]).toHaveLength(60_002)
  expect(intruder.answerTo(1)).toEqual({ value: 60_000 })
  expect(intruder.answerTo(2)).toMatchObject({ code: 'invalid' })
  await arena.expectUnharmed()
})

test('RM15 IN1 payloads up to the limit of a contract and of a frame still pass', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  // The count of arguments and the tag with its length go off the 32 bytes.
  intruder.fire('shout', 'x'.repeat(30))
  intruder.fire('Loose', 'x'.repeat(65_536 - 24))
  await arena.sync(intruder)
  expect(arena.heard.slice(1).map(([, remote]) => remote)).toEqual(['shout', 'Loose'])
  await arena.expectUnharmed()
})
