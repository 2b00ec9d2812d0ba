// The same promises over real sockets, which a network and, below it, a proxy break as networks do.
import { createTestHost } from '@banyan/testing/host'
import { createSeededRandom, type ManualClock, NumberValue } from 'banyan'
import type { Client } from 'banyan/client'
import { createPlace, script } from 'banyan/server'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'
import { createProxiedClient } from './fixtures/proxied-client.ts'
import { untilConverged } from './fixtures/socket-convergence.ts'

async function createScene() {
  const chat = createChat()
  let runs = 0
  const marking = script(({ workspace }) => {
    new NumberValue({ name: `Run ${runs}`, parent: workspace })
  })
  const open = () => {
    runs += 1
    return createTestHost({
      clock: 'still',
      seed: runs,
      places: { main: (given) => createPlace({ ...given, definition, scripts: [chat.chat, marking] }) },
    })
  }
  const line = await createProxiedClient(open, { definition, name: 'ana', random: createSeededRandom(7) })
  const { client, clock, proxy, replaceHost } = line
  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  client.connect()
  await line.host.until('the client joins', () => client.state.kind === 'joined')

  return {
    chat,
    client,
    clock,
    proxy,
    replaceHost,
    told,
    get host() {
      return line.host
    },
    get place() {
      return line.host.place('main')
    },
    /** Lets the client try again, and again where that fails. */
    untilBack: () =>
      line.host.until('the client is back', () => {
        if (client.state.kind === 'reconnecting') clock.advance(50)
        return client.state.kind === 'joined'
      }),
    [Symbol.asyncDispose]: () => line[Symbol.asyncDispose](),
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
  const { chat, client, clock, host, place, proxy, told } = scene
  const [player] = place.players.getPlayers()
  proxy.deafen()
  client.remote(remotes.said).fireServer(1)
  place.remote(remotes.told).fireAllClients(1)
  place.step()
  pass(clock, 12_000)
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
  await scene.replaceHost()
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
