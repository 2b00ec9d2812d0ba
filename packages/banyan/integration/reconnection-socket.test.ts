// The same promises over real sockets: a proxy between client and host breaks as networks do.
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { replicaView, view } from '@banyan/datamodel'
import { createManualClock, createSeededRandom, type ManualClock, NumberValue } from 'banyan'
import { type Client, createClient, createMemoryStorage } from 'banyan/client'
import { createHost, type Host } from 'banyan/node'
import { createPlace, type Place } from 'banyan/server'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'
import { watchProcess } from './fixtures/process-watch.ts'
import { createProxy } from './fixtures/proxy.ts'

const ceilingMs = 20_000

/** A host and a client with a proxy between them. The clocks stand still but for what the test advances. */
async function createScene() {
  const crashes = watchProcess()
  const chat = createChat()
  const logged: string[] = []
  const log = {
    info: () => {},
    warn: (line: string) => void logged.push(line),
    error: (line: string, cause: unknown) => void logged.push(`${line}: ${String(cause)}`),
  }
  const placeClock = createManualClock({ startMs: 1_000_000 })
  const clientClock = createManualClock({ startMs: 5_000_000 })
  let runs = 0
  let { host, place } = await open()
  const proxy = await createProxy(host.port ?? 0)
  const client = createClient({
    definition,
    url: proxy.url,
    name: 'ana',
    clock: clientClock,
    random: createSeededRandom(7),
    storage: createMemoryStorage(),
    log,
  })

  async function open(): Promise<{ readonly host: Host; readonly place: Place }> {
    runs += 1
    const random = createSeededRandom(runs)
    const made = createPlace({ definition, scripts: [chat.chat], clock: placeClock, random, log })
    const opened = await createHost({
      places: { main: () => made },
      port: 0,
      address: '127.0.0.1',
      log,
      stopOnSignals: false,
    })
    return { host: opened, place: made }
  }

  async function until(what: string, condition: () => boolean): Promise<void> {
    const startMs = performance.now()
    for (;;) {
      place.step()
      if (condition()) return
      if (performance.now() - startMs > ceilingMs) throw new Error(`did not happen: ${what}`)
      await setTimeout(1)
    }
  }

  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  client.connect()
  await until('the client joins', () => client.state.kind === 'joined')

  return {
    chat,
    client,
    clientClock,
    logged,
    proxy,
    told,
    until,
    get place() {
      return place
    },
    /** Lets the client try again, and again where that fails. */
    async untilBack(): Promise<void> {
      await until('the client is back', () => {
        if (client.state.kind === 'reconnecting') clientClock.advance(50)
        return client.state.kind === 'joined'
      })
    },
    async untilConverged(): Promise<void> {
      const id = () => client.localPlayer?.id ?? null
      await until('the replica is the view', () =>
        isDeepStrictEqual(replicaView(client.game), view(place.game.snapshot, id())),
      )
    },
    /** Another process in the old one's stead. */
    async restart(): Promise<void> {
      await host.close('The server restarts.')
      ;({ host, place } = await open())
      proxy.redirect(host.port ?? 0)
    },
    async [Symbol.asyncDispose]() {
      client.close()
      await host.close()
      await proxy.close()
      crashes.stop()
      expect(crashes.faults).toEqual([])
    },
  }
}

function stillIn(client: Client): NumberValue | null {
  return client.find('Workspace.Still', NumberValue)
}

/** Nothing of the client's own would notice the loss for a while. */
function pass(clock: ManualClock, ms: number): void {
  for (let left = ms; left > 0; left -= 100) clock.advance(100)
}

test('HO6 CN16 a socket that breaks, twice: the same Player, the same handles, every event once, the answer too', async () => {
  await using scene = await createScene()
  const { chat, client, place, proxy, told, until } = scene
  const [player] = place.players.getPlayers()
  const still = stillIn(client)
  const record = still?.record
  let answer: number | null = null
  void client
    .remote(remotes.asked)
    .invokeServer(21, { deadlineMs: 60_000 })
    .then((value) => {
      answer = value
    })
  await until('the question arrives', () => chat.waiting === 1)
  for (let time = 1; time <= 2; time += 1) {
    // On their way when the socket breaks.
    client.remote(remotes.said).fireServer(3 * time - 2)
    place.remote(remotes.told).fireAllClients(3 * time - 2)
    place.step()
    proxy.cut()
    await until('the server notices', () => player?.connected === false)
    place.remote(remotes.told).fireAllClients(3 * time - 1)
    await until('the client notices', () => client.state.kind === 'reconnecting')
    client.remote(remotes.said).fireServer(3 * time - 1)
    await scene.untilBack()
    expect(client.state).toMatchObject({ status: 'resumed' })
    client.remote(remotes.said).fireServer(3 * time)
    place.remote(remotes.told).fireAllClients(3 * time)
  }
  chat.answer()
  const six = [1, 2, 3, 4, 5, 6]
  await until('all has arrived', () => chat.heard.length >= 6 && told.length >= 6 && answer !== null)
  expect([chat.heard.map(([, count]) => count), told, answer]).toEqual([six, six, 42])
  expect(place.players.getPlayers()).toEqual([player])
  expect(stillIn(client)).toBe(still)
  expect(still?.record).toBe(record)
  await scene.untilConverged()
  expect(scene.logged).toEqual([])
})

test('CN9 SE5 a dead socket that looks alive is left after silence, and its session goes on over another', async () => {
  await using scene = await createScene()
  const { chat, client, clientClock, place, proxy, told, until } = scene
  const [player] = place.players.getPlayers()
  proxy.deafen()
  client.remote(remotes.said).fireServer(1)
  place.remote(remotes.told).fireAllClients(1)
  place.step()
  pass(clientClock, 12_000)
  await until('the client notices', () => client.state.kind !== 'joined')
  // The server has heard of nothing.
  expect(player?.connected).toBe(true)
  await scene.untilBack()
  expect(client.state).toMatchObject({ status: 'resumed' })
  await until('all has arrived', () => chat.heard.length > 0 && told.length > 0)
  expect([chat.heard, told]).toEqual([[['ana', 1]], [1]])
  expect(place.stats).toMatchObject({ players: 1, connected: 1 })
  await scene.untilConverged()
})

test('HO7 RP5 another process behind the same address: the client is told that all is new, and holds its tree', async () => {
  await using scene = await createScene()
  const { chat, client, told, until } = scene
  const before = stillIn(client)
  await scene.restart()
  new NumberValue({ name: 'Late', value: 1, parent: scene.place.game.getService('Workspace') })
  await scene.untilBack()
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expect(before?.isDestroyed).toBe(true)
  await scene.untilConverged()
  client.remote(remotes.said).fireServer(1)
  scene.place.remote(remotes.told).fireAllClients(2)
  await until('both arrive', () => chat.heard.length > 0 && told.length > 0)
  expect([chat.heard, told]).toEqual([[['ana', 1]], [2]])
  expect(scene.logged).toEqual([])
})
