// The same promises over real sockets, which a network and, below it, a proxy break as networks do.
import { createTestHost } from '@banyan/testing/host'
import { createManualClock, createSeededRandom, type ManualClock, NumberValue } from 'banyan'
import { type Client, createClient, createMemoryStorage } from 'banyan/client'
import { createPlace, script } from 'banyan/server'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'
import { watchProcess } from './fixtures/process-watch.ts'
import { createProxy } from './fixtures/proxy.ts'
import { untilConverged } from './fixtures/socket-convergence.ts'

/** A host and a client with a proxy between them. The clocks stand still but for what the test advances. */
async function createScene() {
  const crashes = watchProcess()
  const chat = createChat()
  let runs = 0
  const marking = script(({ workspace }) => {
    new NumberValue({ name: `Run ${runs}`, parent: workspace })
  })
  let host = await open()
  const proxy = await createProxy(host.port)
  const clientClock = createManualClock({ startMs: 5_000_000 })
  const logged: string[] = []
  const client = createClient({
    definition,
    url: proxy.url,
    name: 'ana',
    clock: clientClock,
    random: createSeededRandom(7),
    storage: createMemoryStorage(),
    log: {
      warn: (line) => void logged.push(line),
      error: (line, cause) => void logged.push(`${line}: ${String(cause)}`),
    },
  })

  function open() {
    runs += 1
    return createTestHost({
      clock: 'still',
      seed: runs,
      places: { main: (given) => createPlace({ ...given, definition, scripts: [chat.chat, marking] }) },
    })
  }

  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  client.connect()
  await host.until('the client joins', () => client.state.kind === 'joined')

  return {
    chat,
    client,
    clientClock,
    proxy,
    told,
    get host() {
      return host
    },
    get place() {
      return host.place('main')
    },
    /** Lets the client try again, and again where that fails. */
    untilBack: () =>
      host.until('the client is back', () => {
        if (client.state.kind === 'reconnecting') clientClock.advance(50)
        return client.state.kind === 'joined'
      }),
    /** Another process in the old one's stead, on another port. */
    async restart(): Promise<void> {
      await Promise.all([host.server.close('The server restarts.'), host[Symbol.asyncDispose]()])
      host = await open()
      proxy.redirect(host.port)
    },
    async [Symbol.asyncDispose]() {
      client.close()
      await proxy.close()
      await host[Symbol.asyncDispose]()
      crashes.stop()
      expect([logged, crashes.faults]).toEqual([[], []])
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
  const { chat, client, host, place, proxy, told } = scene
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
  await host.until('the question arrives', () => chat.waiting === 1)
  /** The first loses what is under way, both ways; the second destroys the socket under the client and the server. */
  const breaks = [
    async () => {
      await host.until('both are under way', () => host.network.underWay >= 2)
      host.network.cut('ana')
      host.network.clear()
    },
    async () => {
      place.step()
      proxy.cut()
    },
  ]
  host.network.set('ana', { latencyMs: 50 })
  for (const [index, breakLine] of breaks.entries()) {
    const base = 3 * index
    // On their way when the line breaks.
    client.remote(remotes.said).fireServer(base + 1)
    place.remote(remotes.told).fireAllClients(base + 1)
    await breakLine()
    await host.until('the server notices', () => player?.connected === false)
    place.remote(remotes.told).fireAllClients(base + 2)
    await host.until('the client notices', () => client.state.kind === 'reconnecting')
    client.remote(remotes.said).fireServer(base + 2)
    await scene.untilBack()
    expect(client.state).toMatchObject({ status: 'resumed' })
    client.remote(remotes.said).fireServer(base + 3)
    place.remote(remotes.told).fireAllClients(base + 3)
  }
  chat.answer()
  const six = [1, 2, 3, 4, 5, 6]
  await host.until('all has arrived', () => chat.heard.length >= 6 && told.length >= 6 && answer !== null)
  expect([chat.heard.map(([, count]) => count), told, answer]).toEqual([six, six, 42])
  expect(place.players.getPlayers()).toEqual([player])
  expect(stillIn(client)).toBe(still)
  expect(still?.record).toBe(record)
  await untilConverged(host, client)
})

test('CN9 SE5 a dead socket that looks alive is left after silence, and its session goes on over another', async () => {
  await using scene = await createScene()
  const { chat, client, clientClock, host, place, proxy, told } = scene
  const [player] = place.players.getPlayers()
  proxy.deafen()
  client.remote(remotes.said).fireServer(1)
  place.remote(remotes.told).fireAllClients(1)
  place.step()
  pass(clientClock, 12_000)
  await host.until('the client notices', () => client.state.kind !== 'joined')
  // The server has heard of nothing.
  expect(player?.connected).toBe(true)
  await scene.untilBack()
  expect(client.state).toMatchObject({ status: 'resumed' })
  await host.until('all has arrived', () => chat.heard.length > 0 && told.length > 0)
  expect([chat.heard, told]).toEqual([[['ana', 1]], [1]])
  expect(place.stats).toMatchObject({ players: 1, connected: 1 })
  await untilConverged(host, client)
})

test('HO7 RP5 another process behind the same address: the client is told that all is new, and holds its tree', async () => {
  await using scene = await createScene()
  const { chat, client, told } = scene
  const before = stillIn(client)
  expect(client.find('Workspace.Run 1')).not.toBeNull()
  await scene.restart()
  await scene.untilBack()
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expect(before?.isDestroyed).toBe(true)
  await untilConverged(scene.host, client)
  expect([client.find('Workspace.Run 1'), client.find('Workspace.Run 2')]).toEqual([null, expect.anything()])
  client.remote(remotes.said).fireServer(1)
  scene.place.remote(remotes.told).fireAllClients(2)
  await scene.host.until('both arrive', () => chat.heard.length > 0 && told.length > 0)
  expect([chat.heard, told]).toEqual([[['ana', 1]], [2]])
})
