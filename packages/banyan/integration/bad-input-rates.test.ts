// Calls over the rate: events are dropped, counted and told to onThrottled, requests are rejected, nobody is closed.
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'
import { wire } from './fixtures/stranger.ts'

function mallory(arena: Awaited<ReturnType<typeof createArena>>) {
  const player = arena.place.players.getPlayers().find(({ name }) => name === 'mallory')
  if (player === undefined) throw new Error('mallory is in')
  return player
}

test('RM16 events over a remote’s own rate are dropped, the others arrive', async () => {
  await using arena = await createArena()
  const throttled: string[] = []
  arena.place.onThrottled.connect((player, remote) => throttled.push(`${player.name} ${remote}`))
  const intruder = await arena.intruder()
  for (let count = 1; count <= 5; count += 1) intruder.fire('ring', count)
  intruder.fire('steer', { angle: 9 })
  await arena.sync(intruder)
  expect(arena.heard.slice(1).map(([, remote, payload]) => [remote, payload])).toEqual([
    ['ring', 1],
    ['ring', 2],
    ['ring', 3],
    ['steer', { angle: 9 }],
  ])
  expect(arena.place.dropsOf(mallory(arena)).get('ring')).toEqual({ invalid: 0, throttled: 2, late: 0 })
  expect(throttled).toEqual(['mallory ring', 'mallory ring'])
  expect(arena.warnings).toEqual([])
  await arena.expectUnharmed()
})

test('RM16 LM2 the bucket fills again with time', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  for (let count = 1; count <= 4; count += 1) intruder.fire('ring', count)
  await arena.sync(intruder)
  await arena.advance(1_000)
  for (let count = 5; count <= 6; count += 1) intruder.fire('ring', count)
  await arena.sync(intruder)
  expect(arena.heard.slice(1).map(([, , payload]) => payload)).toEqual([1, 2, 3, 5])
  await arena.expectUnharmed()
})

test('RM16 requests over the rate reject as throttled, the others are answered', async () => {
  await using arena = await createArena()
  const intruder = await arena.intruder()
  for (let request = 1; request <= 5; request += 1) intruder.ask(request, 'draw', request)
  await arena.until('all are answered', () => intruder.answerTo(5) !== null)
  const answers = [1, 2, 3, 4, 5].map((request) => intruder.answerTo(request))
  expect(answers.slice(0, 3)).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }])
  expect(answers.slice(3)).toEqual(
    Array(2).fill({ code: 'throttled', message: expect.not.stringContaining('draw') }),
  )
  expect(arena.place.dropsOf(mallory(arena)).get('draw')).toEqual({ invalid: 0, throttled: 2, late: 0 })
  await arena.expectUnharmed()
})

test('RM16 without a rate of its own a remote takes 120 at once, and a session 400', async () => {
  await using arena = await createArena()
  const throttled: string[] = []
  arena.place.onThrottled.connect((_player, remote) => throttled.push(remote))
  const intruder = await arena.intruder()
  const burst = (remote: string, count: number, payload: unknown): void => {
    const call = { kind: 'event', remote: intruder.idOf(remote), args: wire([payload]) } as const
    intruder.call(Array(count).fill(call))
  }
  burst('Loose', 150, 0)
  burst('steer', 150, { angle: 0 })
  burst('point', 150, null)
  const arrived = (name: string): number =>
    arena.heard.slice(1).filter(([, remote]) => remote === name).length
  await arena.until('all are taken', () => arena.place.stats.throttled === 110)
  expect(throttled).toEqual(['Loose', 'steer', 'point'])
  // 30 of the first and 30 of the second cost the session a token too.
  expect([arrived('Loose'), arrived('steer'), arrived('point')]).toEqual([120, 120, 100])
  expect(Object.fromEntries(arena.place.dropsOf(mallory(arena)))).toEqual({
    Loose: { invalid: 0, throttled: 30, late: 0 },
    steer: { invalid: 0, throttled: 30, late: 0 },
    point: { invalid: 0, throttled: 50, late: 0 },
  })
  await arena.expectUnharmed()
})

test('RM16 one player’s flood takes nothing from another’s rate', async () => {
  await using arena = await createArena()
  const [flooder, other] = [await arena.intruder('flooder'), await arena.intruder('other')]
  for (let count = 1; count <= 20; count += 1) flooder.fire('ring', count)
  await arena.sync(flooder)
  for (let count = 1; count <= 3; count += 1) other.fire('ring', count)
  await arena.sync(other)
  expect(arena.heard.filter(([name]) => name === 'other')).toHaveLength(3)
  await arena.expectUnharmed()
})

test('RM16 a reconnection does not fill the bucket', async () => {
  await using arena = await createArena()
  const first = await arena.intruder()
  for (let count = 1; count <= 3; count += 1) first.fire('ring', count)
  await arena.sync(first)
  first.hangUp()
  const second = await arena.intruder()
  second.fire('ring', 4)
  await arena.sync(second)
  expect(arena.heard.slice(1).map(([, , payload]) => payload)).toEqual([1, 2, 3])
  await arena.expectUnharmed()
})

test('RM17 SE14 more requests than may wait reject as throttled, and so many refusals close a session as a slow reader', async () => {
  await using arena = await createArena({
    limits: { perSession: { perSecond: 1e6, burst: 1e6 }, perRemote: { perSecond: 1e6, burst: 1e6 } },
  })
  const intruder = await arena.intruder()
  const asking = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      kind: 'request' as const,
      request: first + index,
      remote: intruder.idOf('linger'),
      deadlineMs: 60_000,
      args: wire(['word']),
    }))
  intruder.call(asking(1, 257))
  await arena.until('the last one is answered', () => intruder.answerTo(257) !== null)
  expect(intruder.answerTo(257)).toMatchObject({ code: 'throttled' })
  expect(intruder.answerTo(256)).toBeNull()
  // It acknowledges nothing of what follows.
  intruder.call(asking(1_000, 1_001))
  await arena.until('the session closes', () => intruder.isCut)
  expect(intruder.closed?.code).toBe('slowReader')
  await arena.expectUnharmed()
})
