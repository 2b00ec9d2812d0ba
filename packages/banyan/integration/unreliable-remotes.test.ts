// Unreliable fires of real clients and a real place over lines that lose, delay, reorder and break: what arrives is
// never doubled and never older than what was heard, and nothing that a line lost comes later.
import { encodeDatagramUp } from '@banyan/protocol'
import { createTestPlace } from '@banyan/testing/vitest'
import { createSeededRandom, defineGame, defineRemotes, toClient, toServer } from 'banyan'
import { script } from 'banyan/server'
import { number } from 'valibot'
import { expect, test } from 'vitest'
import { createArena } from './fixtures/arena.ts'
import { remotes as arenaRemotes } from './fixtures/arena-game.ts'
import { wire } from './fixtures/stranger.ts'

const endless = { perSecond: 1e6, burst: 1e6 }
const remotes = defineRemotes({
  steered: toServer(number(), { unreliable: true, rate: endless }),
  moved: toClient(number(), { unreliable: true }),
  said: toServer(number()),
  told: toClient(number()),
})
const definition = defineGame({ remotes })

interface Heard {
  /** How many calls were made; beyond 64 an outage keeps none. */
  readonly sent: number[]
  readonly steered: number[]
  readonly said: number[]
  readonly moved: number[]
  readonly told: number[]
}

async function createRoad(seed: number) {
  const heard: Heard = { sent: [], steered: [], said: [], moved: [], told: [] }
  const listening = script(({ remote }) => {
    remote(remotes.steered).onServerEvent.connect((_player, count) => heard.steered.push(count))
    remote(remotes.said).onServerEvent.connect((_player, count) => heard.said.push(count))
  })
  const limits = { perSession: endless, frames: endless }
  const place = await createTestPlace({ definition, seed, limits, scripts: [listening], players: ['ana'] })
  const { client, network } = place.player('ana')
  client.remote(remotes.moved).onClientEvent.connect((count) => heard.moved.push(count))
  client.remote(remotes.told).onClientEvent.connect((count) => heard.told.push(count))
  return { client, heard, network, place }
}

type Road = Awaited<ReturnType<typeof createRoad>>

/** Everything of one step, both ways and both kinds. */
function fireAll({ client, heard, place }: Road, count: number): void {
  client.remote(remotes.steered).fireServer(count)
  if (client.state.kind === 'joined') {
    client.remote(remotes.said).fireServer(count)
    heard.sent.push(count)
  }
  place.remote(remotes.moved).fireAllClients(count)
  place.remote(remotes.told).fireAllClients(count)
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

function expectRising(numbers: readonly number[]): void {
  expect(numbers).toEqual([...new Set(numbers)].toSorted((left, right) => left - right))
}

test('UN1 UF8 on a whole line all of them arrive, in order', async () => {
  const road = await createRoad(1)
  await using place = road.place
  for (const count of upTo(50)) {
    fireAll(road, count)
    await place.advance(40)
  }
  expect(road.heard.steered).toEqual(upTo(50))
  expect(road.heard.moved).toEqual(upTo(50))
  expect(place.takeLogged()).toEqual([])
})

test.each(upTo(12))(
  'UN2 UN10 UF7 UF8 on a bad line none is doubled, late or replayed, seed %i',
  async (seed) => {
    const road = await createRoad(seed)
    await using place = road.place
    const { heard, network } = road
    const random = createSeededRandom(seed)
    const { player } = place.player('ana')
    network.set({ latencyMs: 40, jitterMs: 30, loss: 0.2, reorder: 0.3, retransmitMs: 100 })
    for (const count of upTo(300)) {
      fireAll(road, count)
      const dice = random.next()
      if (dice < 0.01) network.cut()
      else if (dice < 0.02) network.partition()
      else if (dice < 0.15) network.heal()
      await place.advance(10 + Math.floor(random.next() * 3) * 10)
    }
    place.network.clear()
    await place.advance(20_000)
    expect(road.client.state).toMatchObject({ kind: 'joined' })
    for (const numbers of [heard.steered, heard.moved]) {
      expectRising(numbers)
      expect(numbers.length).toBeGreaterThan(10)
      expect(numbers.length).toBeLessThan(290)
    }
    expect(place.server.stats.late).toBeGreaterThan(0)
    expect(place.server.stats.late).toBe(
      player === null ? 0 : (place.server.dropsOf(player).get('steered')?.late ?? 0),
    )
    // The reliable ones beside them, on the same line, are all there.
    expect([heard.said, heard.told]).toEqual([heard.sent, upTo(300)])
    expect(place.takeLogged()).toEqual([])
  },
)

test('UN10 UF7 what is fired over a cut line is lost in silence, both ways', async () => {
  const road = await createRoad(1)
  await using place = road.place
  road.network.set({ latencyMs: 50 })
  fireAll(road, 1)
  await place.advance(20)
  road.network.block()
  await place.advance(100)
  for (const count of upTo(20)) fireAll(road, 100 + count)
  road.network.heal()
  await place.advance(20_000)
  expect(road.client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
  fireAll(road, 1000)
  await place.advance(200)
  expect([road.heard.steered, road.heard.moved]).toEqual([[1000], [1000]])
  expect(place.takeLogged()).toEqual([])
})

test('UN11 a partition holds no more of them than 16 KiB, and lets them arrive in order', async () => {
  const road = await createRoad(1)
  await using place = road.place
  road.network.partition()
  for (const count of upTo(20_000)) place.remote(remotes.moved).fireAllClients(count)
  await place.advance(50)
  expect(place.server.stats.bytesOut).toBeLessThan(32 * 1024)
  road.network.heal()
  await place.advance(1000)
  expect(road.client.state.kind).toBe('joined')
  expectRising(road.heard.moved)
  expect(road.heard.moved.length).toBeGreaterThan(100)
  expect(road.heard.moved.length).toBeLessThan(2000)
})

test('UN1 UN5 UN8 UF8 over real sockets they travel both ways, and a hostile one harms nobody', async () => {
  await using arena = await createArena()
  const glimpses: string[] = []
  arena.honest.remote(arenaRemotes.glimpsed).onClientEvent.connect((text) => glimpses.push(text))
  const bo = await arena.intruder('bo')
  const glance = (seq: number, ...args: unknown[]) =>
    bo.send(encodeDatagramUp({ seq, remote: bo.idOf('glance'), args: wire(args) }))
  for (const seq of [1, 3, 2, 3]) glance(seq, { angle: seq })
  glance(4, { angle: 'left' })
  glance(5, { angle: 5, rest: 'x'.repeat(1000) })
  await arena.sync(bo)
  arena.place.remote(arenaRemotes.glimpsed).fireAllClients('there')
  await arena.until('the glimpse arrives', () => glimpses.length > 0)
  expect(glimpses).toEqual(['there'])
  expect(arena.heard.slice(1)).toEqual([
    ['bo', 'glance', { angle: 1 }],
    ['bo', 'glance', { angle: 3 }],
  ])
  expect(arena.place.stats).toMatchObject({ invalid: 2, late: 2, closedForInput: 0 })
  bo.send(Uint8Array.of(0x06, 1))
  await arena.until('the session closes', () => bo.isCut)
  expect(bo.closed?.code).toBe('malformed')
  await arena.expectUnharmed()
})
