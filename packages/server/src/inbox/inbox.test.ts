import { defineGame, defineRemotes, encodeHello, protocolVersion, toServer } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { anyValue } from '../../fixtures/test-schemas.ts'

const remotes = defineRemotes({ act: toServer(anyValue) })
const definition = defineGame({ remotes })

const hello = encodeHello({
  protocolVersion,
  definitionHash: definition.hash,
  place: 'main',
  guestKey: 'k',
  name: 'n',
  turn: 0,
  credentials: null,
  resume: null,
})

test.each([
  ['an empty frame', new Uint8Array(0), 'malformed'],
  ['an unknown kind', Uint8Array.of(0x7f), 'malformed'],
  ['a frame in the wrong direction', Uint8Array.of(0x82, 0), 'malformed'],
  ['a cut frame', Uint8Array.of(0x02, 0x01), 'malformed'],
  [
    'a length field of 2^53',
    Uint8Array.of(0x02, 1, 0, 0, 0, 5, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f),
    'malformed',
  ],
  ['a second hello', hello, 'malformed'],
  ['a frame above 64 KiB', new Uint8Array(65_537).fill(2), 'oversize'],
])(
  'IN1 %s closes its session with a code and a line, and touches nobody else',
  async (_title, frame, code) => {
    const { join, settle, tick, log, place } = createTestPlace({ definition })
    const ana = await join({ name: 'Ana' })
    const ben = await join({ name: 'Ben' })
    ana.send(frame)
    await settle()
    expect([ana.closed?.code, ana.hasClosed, ben.closed]).toEqual([code, true, null])
    expect(log.lines).toHaveLength(1)
    expect(log.lines[0]).toMatch(new RegExp(`closed the session of "Ana" \\(guest-[\\w-]+\\) as ${code}: `))
    expect(place.stats.closedForInput).toBe(1)
    ben.ping(7)
    await tick()
    expect(ben.messages.findLast(({ kind }) => kind === 'pong')).toMatchObject({ clientMs: 7 })
    ana.connect({ guestKey: 'Ana-key', name: 'Ana' })
    await settle()
    expect(ana.welcome.status).toBe('rejoined')
  },
)

test('IN2 however often strangers send rubbish, the log stays short', async () => {
  const { join, settle, log } = createTestPlace({ definition })
  for (let n = 0; n < 40; n += 1) {
    const ana = await join()
    ana.send(Uint8Array.of(0))
    await settle()
  }
  expect(log.lines).toHaveLength(10)
})

test('IN3 more than 1,000 frames at once close the session as flooded', async () => {
  const { join, settle } = createTestPlace({ definition })
  const ana = await join()
  for (let n = 0; n < 1000; n += 1) ana.ping(n)
  await settle()
  expect(ana.closed).toBeNull()
  ana.ping(0)
  await settle()
  expect(ana.closed?.code).toBe('flooded')
})

test('IN3 frames full of small calls close the session too, for refusing thousands of calls costs time', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const ana = await join()
  const call = { kind: 'event', remote: ana.remoteId('act'), args: ana.encode([]) } as const
  const calls = Array.from({ length: 12_000 }, () => call)
  for (let n = 0; n < 4; n += 1) ana.call(...calls)
  await settle()
  expect(ana.closed).toBeNull()
  ana.call(...calls)
  await settle()
  expect(ana.closed?.code).toBe('flooded')
  expect(place.stats.throttled + place.stats.invalid).toBe(48_000)
})

test('IN4 the arrival of a message is a resumption point, and so is each call in it', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const seen: unknown[] = []
  const workspace = place.game.getService('Workspace')
  workspace
    .getAttributeChangedSignal('turn')
    .connect(() => seen.push(`turn ${String(workspace.getAttribute('turn'))}`))
  place.remote(remotes.act).onServerEvent.connect((_player, payload) => {
    workspace.setAttribute('turn', payload as number)
    seen.push(`act ${String(payload)}`)
  })
  const ana = await join()
  const call = (payload: number) =>
    ({ kind: 'event', remote: ana.remoteId('act'), args: ana.encode([payload]) }) as const
  ana.call(call(1), call(2))
  await settle()
  expect(seen).toEqual(['act 1', 'turn 1', 'act 2', 'turn 2'])
})
