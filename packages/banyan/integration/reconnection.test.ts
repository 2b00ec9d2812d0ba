// A line that is lost within the grace period: the same player comes back to the same tree, and no message is lost.
import { expectConverged, type TestPlace } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { NumberValue } from 'banyan'
import type { Client } from 'banyan/client'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'

/** A place with one player. */
async function createScene() {
  const chat = createChat()
  const place = await createTestPlace({ definition, scripts: [chat.chat], players: ['ana'] })
  const { client, network } = place.player('ana')
  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  await place.tick()
  return { chat, place, network, client, told, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() }
}

/** What became of the frames so far. */
function fatesOf({ recorder }: TestPlace): readonly string[] {
  return recorder
    .trace()
    .entries.flatMap((entry) => (entry.kind === 'frame' ? [`${entry.direction} ${entry.fate}`] : []))
}

function valueAt(client: Client, name: string): NumberValue {
  const found = client.find(`Workspace.${name}`, NumberValue)
  if (found === null) throw new Error(`${name} has replicated`)
  return found
}

test('SE2 RP4 the server keeps the Player, the client its handles and every record that did not change', async () => {
  await using scene = await createScene()
  const { chat, place, network, client } = scene
  const [player] = place.server.players.getPlayers()
  const [still, moving, self] = [valueAt(client, 'Still'), valueAt(client, 'Moving'), client.localPlayer]
  const records = { still: still.record, moving: moving.record }
  network.cut()
  await place.rest()
  expect(client.state).toMatchObject({ kind: 'reconnecting', attempt: 2, cause: 'closed by the other end' })
  expect(player?.connected).toBe(false)
  expect(valueAt(client, 'Still')).toBe(still)
  const atServer = place.game.getService('Workspace').findFirstChild('Moving', NumberValue)
  if (atServer !== null) atServer.value = 7
  await place.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
  expect(place.server.players.getPlayers()).toEqual([player])
  expect(player?.connected).toBe(true)
  expect([valueAt(client, 'Still'), valueAt(client, 'Moving'), client.localPlayer]).toEqual([
    still,
    moving,
    self,
  ])
  expect(still.record).toBe(records.still)
  expect(moving.record).not.toBe(records.moving)
  expect(moving.value).toBe(7)
  expect([chat.added.length, chat.removed.length]).toEqual([1, 0])
  await place.settle()
  expectConverged(place)
})

test('CN16 RC9 a request is answered after the return, whether its question or its answer was under way', async () => {
  await using scene = await createScene()
  const { chat, place, network, client } = scene
  const answers: number[] = []
  const ask = (count: number): void => {
    void client
      .remote(remotes.asked)
      .invokeServer(count, { deadlineMs: 60_000 })
      .then((answer) => answers.push(answer))
  }
  network.set({ latencyMs: 50 })
  ask(1)
  await place.advance(200)
  expect(chat.waiting).toBe(1)
  // The answer to the first and the second question are on the line when it is cut; the third is asked without one.
  chat.answer()
  ask(2)
  await place.advance(10)
  network.block()
  expect(fatesOf(place).slice(-2)).toEqual(['up cut', 'down cut'])
  ask(3)
  await place.advance(2_000)
  expect(answers).toEqual([])
  network.heal()
  await place.advance(6_000)
  chat.answer()
  await place.advance(200)
  expect(answers).toEqual([2, 4, 6])
})

test('RC2 RP8 what is fired while the line is lost arrives after the return, in order, both ways', async () => {
  await using scene = await createScene()
  const { chat, place, network, client, told } = scene
  const say = client.remote(remotes.said)
  const tell = place.remote(remotes.told)
  // The first ones are on the line when it is cut.
  network.set({ latencyMs: 50 })
  say.fireServer(1)
  tell.fireAllClients(1)
  await place.tick()
  network.block()
  expect(fatesOf(place).slice(-2)).toEqual(['up cut', 'down cut'])
  say.fireServer(2)
  await place.advance(300)
  say.fireServer(3)
  tell.fireAllClients(2)
  await place.advance(3_000)
  tell.fireAllClients(3)
  network.heal()
  await place.advance(6_000)
  say.fireServer(4)
  tell.fireAllClients(4)
  await place.advance(200)
  expect(chat.heard).toEqual([1, 2, 3, 4].map((count) => ['ana', count]))
  expect(told).toEqual([1, 2, 3, 4])
  expect(place.takeLogged()).toEqual([])
})

test('ST5 the last 64 events wait for the line, and one warning tells of the others', async () => {
  await using scene = await createScene()
  const { chat, place, network, client } = scene
  network.block()
  await place.rest()
  for (let count = 1; count <= 70; count += 1) client.remote(remotes.said).fireServer(count)
  network.heal()
  await place.advance(1_000)
  expect(chat.heard.map(([, count]) => count)).toEqual(Array.from({ length: 64 }, (_, index) => index + 7))
  expect(place.takeLogged()).toEqual([expect.stringContaining('64')])
})

test('ST4 what waits when the session ends is dropped with one warning, and requests reject', async () => {
  await using scene = await createScene()
  const { chat, place, network, client } = scene
  network.block()
  await place.rest()
  for (let count = 1; count <= 3; count += 1) client.remote(remotes.said).fireServer(count)
  const refused = expect(
    client.remote(remotes.asked).invokeServer(1, { deadlineMs: 60_000 }),
  ).rejects.toMatchObject({ code: 'disconnected' })
  await place.advance(31_000)
  network.heal()
  await place.advance(6_000)
  await refused
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  client.remote(remotes.said).fireServer(9)
  await place.tick()
  expect(chat.heard).toEqual([['ana', 9]])
  expect(place.takeLogged()).toEqual([expect.stringMatching(/dropped \(3\)/)])
  await place.settle()
  expectConverged(place)
})

test('RC9 a request that the server had taken rejects as soon as its session is over, not at its deadline', async () => {
  await using scene = await createScene()
  const { chat, place, network, client } = scene
  let outcome: unknown = null
  client
    .remote(remotes.asked)
    .invokeServer(1, { deadlineMs: 1_000_000 })
    .catch((error: unknown) => {
      outcome = error
    })
  // Long enough for the server to say that it has the question.
  await place.advance(3_000)
  expect(chat.waiting).toBe(1)
  network.block()
  await place.advance(31_000)
  network.heal()
  await place.advance(6_000)
  expect(client.state).toMatchObject({ status: 'new' })
  expect(outcome).toMatchObject({ code: 'disconnected' })
})

test('ST9 what a listener of the state fires belongs to the new session', async () => {
  await using scene = await createScene()
  const { chat, place, network, client } = scene
  client.onState(() => {
    if (client.state.kind === 'joined') client.remote(remotes.said).fireServer(5)
  })
  network.block()
  await place.advance(31_000)
  network.heal()
  await place.advance(6_000)
  expect(client.state).toMatchObject({ status: 'new' })
  expect(chat.heard).toEqual([['ana', 5]])
  expect(place.takeLogged()).toEqual([])
})

test('SE13 SE14 more events than the server keeps for an absent player make a fresh start, not a gap', async () => {
  await using scene = await createScene()
  const { chat, place, network, client, told } = scene
  const [player] = place.server.players.getPlayers()
  network.block()
  await place.rest()
  for (let count = 1; count <= 1_001; count += 1) place.remote(remotes.told).fireAllClients(count)
  network.heal()
  await place.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'rejoined' })
  expect(place.server.players.getPlayers()).toEqual([player])
  expect(chat.removed).toEqual([])
  expect(told).toEqual([])
  place.remote(remotes.told).fireAllClients(5_000)
  await place.tick()
  expect(told).toEqual([5_000])
  await place.settle()
  expectConverged(place)
})
