import {
  createManualClock,
  createMemoryTransport,
  createSeededRandom,
  defineGame,
  encodeHello,
  protocolVersion,
} from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createStepQueue } from '../../fixtures/step-queue.ts'
import { TestClient } from '../../fixtures/test-client.ts'
import { createRecordingLog } from '../../fixtures/test-place.ts'
import type { Identity } from '../join/identity.ts'
import { createPlace } from '../place/create-place.ts'
import { createGate, type GateOptions } from './gate.ts'
import type { PlaceFactory } from './place-directory.ts'

const definition = defineGame({})

function setUp(options: (make: PlaceFactory) => Pick<GateOptions, 'places' | 'dynamic'>) {
  const clock = createManualClock()
  const random = createSeededRandom(1)
  const log = createRecordingLog()
  const { schedule, settle } = createStepQueue()
  const transport = createMemoryTransport({ schedule })
  const made: string[] = []
  const make: PlaceFactory = (name) => {
    made.push(name)
    return createPlace({ definition, clock, random, log, name, graceMs: 1000 })
  }
  const gate = createGate({ clock, log, ...options(make) })
  const stop = gate.listen(transport.server)
  return {
    clock,
    gate,
    log,
    made,
    settle,
    stop,
    client: () => new TestClient({ transport: transport.client, definition, clock }),
    join: async (place: string, guestKey = 'k') => {
      const client = new TestClient({ transport: transport.client, definition, clock })
      client.connect({ place, guestKey })
      await settle()
      return client
    },
  }
}

test('GT1 a connection that says nothing for 10 s is closed', async () => {
  const { clock, client, settle, gate } = setUp((make) => ({ places: { main: make } }))
  const silent = client().open(null)
  await settle()
  clock.advance(9_999)
  await settle()
  expect(silent.closed).toBeNull()
  clock.advance(1)
  await settle()
  expect([silent.closed?.code, silent.hasClosed]).toEqual(['helloTimeout', true])
  await gate.close()
  expect(clock.pending).toBe(0)
})

test('GT2 a first message that is no hello, or none at all, closes with a code and a line', async () => {
  const { client, settle, log } = setUp((make) => ({ places: { main: make } }))
  const codes: unknown[] = []
  for (const first of [Uint8Array.of(5), Uint8Array.of(0xff), new Uint8Array(100_000)]) {
    const wrong = client().open(first)
    await settle()
    codes.push(wrong.closed?.code)
  }
  expect(codes).toEqual(['malformed', 'malformed', 'oversize'])
  expect(log.lines).toHaveLength(3)
})

test('GT3 clients of another protocol or another game are told so', async () => {
  const { client, settle, made } = setUp((make) => ({ places: { main: make } }))
  const hello = { place: 'main', guestKey: 'k', name: '', turn: 0, credentials: null, resume: null }
  const older = client().open(
    encodeHello({ ...hello, protocolVersion: protocolVersion + 1, definitionHash: definition.hash }),
  )
  await settle()
  expect([older.closed?.code, made]).toEqual(['versionMismatch', []])
  const other = client().open(encodeHello({ ...hello, protocolVersion, definitionHash: 'other' }))
  await settle()
  expect(other.closed?.code).toBe('definitionMismatch')
})

test('GT4 an unknown place is noSuchPlace, whatever the name', async () => {
  const { join, made } = setUp((make) => ({ places: { main: make } }))
  for (const name of ['', 'other', 'constructor', '__proto__', 'a/b', 'x'.repeat(65)]) {
    expect((await join(name)).closed?.code).toBe('noSuchPlace')
  }
  expect(made).toEqual([])
})

test('GT4 names that a host’s owner chooses keep the rules too', () => {
  expect(() => setUp((make) => ({ places: { 'my place': make } }))).toThrow(
    expect.objectContaining({ code: 'invalidPlaceName' }),
  )
})

test('GT5 a place is made and started at its first join, and once', async () => {
  const { join, made, gate, clock, settle } = setUp((make) => ({ places: { one: make, two: make } }))
  expect(gate.open.size).toBe(0)
  const ana = await join('one', 'ana')
  const ben = await join('one', 'ben')
  const cem = await join('two', 'cem')
  expect(made).toEqual(['one', 'two'])
  expect([ana, ben, cem].every(({ wasWelcomed }) => wasWelcomed)).toBe(true)
  clock.advance(1000)
  await settle()
  expect(gate.open.get('one')?.stats.ticks).toBeGreaterThan(28)
  expect(gate.place('one')).toBe(gate.open.get('one'))
})

test('GT9 a place that stopped by itself is made anew at the next join', async () => {
  const { join, made, gate } = setUp((make) => ({ places: { one: make } }))
  await join('one', 'ana')
  const first = gate.open.get('one')
  await first?.stop('The match is over.')
  expect(first?.isStopped).toBe(true)
  expect((await join('one', 'ben')).welcome.status).toBe('new')
  expect([made, gate.open.get('one') === first, gate.open.get('one')?.isStopped]).toEqual([
    ['one', 'one'],
    false,
    false,
  ])
})

test('GT6 places that clients name are bounded, and removed once they have been empty for a while', async () => {
  const { join, made, gate, clock, settle } = setUp((make) => ({
    places: (name) => (name.startsWith('x') ? null : make(name)),
    dynamic: { limit: 2, emptyMs: 20_000 },
  }))
  const ana = await join('a', 'ana')
  await join('b', 'ben')
  expect((await join('c')).closed?.code).toBe('noSuchPlace')
  expect((await join('x')).closed?.code).toBe('noSuchPlace')
  expect((await join('not a name')).closed?.code).toBe('noSuchPlace')
  ana.leave()
  await settle()
  clock.advance(15_000)
  await settle()
  expect([...gate.open.keys()]).toEqual(['a', 'b'])
  clock.advance(15_000)
  await settle()
  expect([...gate.open.keys()]).toEqual(['b'])
  expect((await join('c')).wasWelcomed).toBe(true)
  expect(made).toEqual(['a', 'b', 'c'])
  await gate.close()
  expect(clock.pending).toBe(0)
})

test('GT6 when all are taken, the place that has been empty longest makes room', async () => {
  const { join, gate, clock, settle } = setUp((make) => ({
    places: make,
    dynamic: { limit: 2, emptyMs: 60_000 },
  }))
  const ana = await join('a', 'ana')
  await join('b', 'ben')
  ana.leave()
  await settle()
  clock.advance(6_000)
  expect((await join('c', 'cem')).wasWelcomed).toBe(true)
  expect([...gate.open.keys()]).toEqual(['b', 'c'])
})

test('GT6 a place makes no room while somebody is in it, however long it took to know them', async () => {
  const { join, gate, clock, settle } = setUp((make) => ({
    places: (name) => (name === 'slow' ? createPlace({ definition, clock, authenticate }) : make(name)),
    dynamic: { limit: 1, emptyMs: 60_000 },
  }))
  const authenticate = () =>
    new Promise<Identity>((resolve) => {
      clock.after(6_000, () => resolve({ userId: 'ana', name: 'Ana' }))
    })
  const ana = await join('slow')
  clock.advance(7_000)
  await settle()
  expect(ana.wasWelcomed).toBe(true)
  expect((await join('other', 'ben')).closed?.code).toBe('noSuchPlace')
  expect([ana.closed, [...gate.open.keys()]]).toEqual([null, ['slow']])
  await gate.close()
})

test('GT7 a factory that fails is reported, and its client told that there is no such place', async () => {
  const { join, log } = setUp(() => ({
    places: {
      main: () => {
        throw new Error('no database')
      },
    },
  }))
  expect((await join('main')).closed?.code).toBe('noSuchPlace')
  expect(log.errors).toMatchObject([{ line: 'place "main" could not be made' }])
})

test('GT8 a gate that stopped listening takes nobody; one that closed also closes those who are in', async () => {
  const { client, join, gate, stop, settle, clock } = setUp((make) => ({ places: { main: make } }))
  const ana = await join('main')
  const silent = client().open(null)
  await settle()
  stop()
  const late = await join('main', 'late')
  expect([late.hasClosed, late.closed, ana.hasClosed]).toEqual([true, null, false])
  await gate.close('Bye.')
  await settle()
  expect([ana, silent].map(({ closed }) => `${closed?.code} ${closed?.reason}`)).toEqual(
    Array.from({ length: 2 }, () => 'serverClosing Bye.'),
  )
  expect([gate.place('main'), clock.pending]).toEqual([null, 0])
})
