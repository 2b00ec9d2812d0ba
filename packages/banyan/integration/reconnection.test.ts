// A line that is lost within the grace period: the same player comes back to the same tree, and no message is lost.
import { NumberValue } from 'banyan'
import type { Client } from 'banyan/client'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'
import { expectConverged } from './fixtures/convergence.ts'
import { createWorld } from './fixtures/world.ts'

/** A world with one client on a line of its own. */
async function createScene() {
  const chat = createChat()
  const world = createWorld({ definition, scripts: [chat.chat] })
  const line = world.newLine()
  const client = await world.join('ana', { transport: line.transport })
  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  await world.tick()
  return { chat, world, line, client, told, [Symbol.asyncDispose]: world[Symbol.asyncDispose] }
}

function valueAt(client: Client, name: string): NumberValue {
  const found = client.find(`Workspace.${name}`, NumberValue)
  if (found === null) throw new Error(`${name} has replicated`)
  return found
}

test('SE2 RP4 the server keeps the Player, the client its handles and every record that did not change', async () => {
  await using scene = await createScene()
  const { chat, world, line, client } = scene
  const [player] = world.place.players.getPlayers()
  const [still, moving, self] = [valueAt(client, 'Still'), valueAt(client, 'Moving'), client.localPlayer]
  const records = { still: still.record, moving: moving.record }
  line.cut()
  await world.settle()
  expect(client.state).toMatchObject({ kind: 'reconnecting', attempt: 2, cause: 'the line was cut' })
  expect(player?.connected).toBe(false)
  expect(valueAt(client, 'Still')).toBe(still)
  const atServer = world.place.game.getService('Workspace').findFirstChild('Moving', NumberValue)
  if (atServer !== null) atServer.value = 7
  await world.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'resumed' })
  expect(world.place.players.getPlayers()).toEqual([player])
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
  expectConverged(world.place, client)
})

test('CN16 RC9 a request is answered after the return, whether its question or its answer was under way', async () => {
  await using scene = await createScene()
  const { chat, world, line, client } = scene
  const answers: number[] = []
  const ask = (count: number): void => {
    void client
      .remote(remotes.asked)
      .invokeServer(count, { deadlineMs: 60_000 })
      .then((answer) => answers.push(answer))
  }
  ask(1)
  await world.tick()
  expect(chat.waiting).toBe(1)
  // The answer to the first and the second question are on the line when it is cut; the third is asked without one.
  chat.answer()
  ask(2)
  line.block()
  ask(3)
  await world.advance(2_000)
  expect(answers).toEqual([])
  line.mend()
  await world.advance(6_000)
  chat.answer()
  await world.tick()
  expect(answers).toEqual([2, 4, 6])
})

test('RC2 RP8 what is fired while the line is lost arrives after the return, in order, both ways', async () => {
  await using scene = await createScene()
  const { chat, world, line, client, told } = scene
  const say = client.remote(remotes.said)
  const tell = world.place.remote(remotes.told)
  say.fireServer(1)
  tell.fireAllClients(1)
  line.block()
  say.fireServer(2)
  await world.advance(300)
  say.fireServer(3)
  tell.fireAllClients(2)
  await world.advance(3_000)
  tell.fireAllClients(3)
  line.mend()
  await world.advance(6_000)
  say.fireServer(4)
  tell.fireAllClients(4)
  await world.tick()
  expect(chat.heard).toEqual([1, 2, 3, 4].map((count) => ['ana', count]))
  expect(told).toEqual([1, 2, 3, 4])
  expect(world.lines).toEqual([])
})

test('ST5 the last 64 events wait for the line, and one warning tells of the others', async () => {
  await using scene = await createScene()
  const { chat, world, line, client } = scene
  line.block()
  await world.settle()
  for (let count = 1; count <= 70; count += 1) client.remote(remotes.said).fireServer(count)
  line.mend()
  await world.advance(1_000)
  expect(chat.heard.map(([, count]) => count)).toEqual(Array.from({ length: 64 }, (_, index) => index + 7))
  expect(world.lines).toEqual([expect.stringContaining('64')])
})

test('ST4 what waits when the session ends is dropped with one warning, and requests reject', async () => {
  await using scene = await createScene()
  const { chat, world, line, client } = scene
  line.block()
  await world.settle()
  for (let count = 1; count <= 3; count += 1) client.remote(remotes.said).fireServer(count)
  const refused = expect(
    client.remote(remotes.asked).invokeServer(1, { deadlineMs: 60_000 }),
  ).rejects.toMatchObject({ code: 'disconnected' })
  await world.advance(31_000)
  line.mend()
  await world.advance(6_000)
  await refused
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  client.remote(remotes.said).fireServer(9)
  await world.tick()
  expect(chat.heard).toEqual([['ana', 9]])
  expect(world.lines).toEqual([expect.stringMatching(/dropped \(3\)/)])
  expectConverged(world.place, client)
})

test('RC9 a request that the server had taken rejects as soon as its session is over, not at its deadline', async () => {
  await using scene = await createScene()
  const { chat, world, line, client } = scene
  let outcome: unknown = null
  client
    .remote(remotes.asked)
    .invokeServer(1, { deadlineMs: 1_000_000 })
    .catch((error: unknown) => {
      outcome = error
    })
  // Long enough for the server to say that it has the question.
  await world.advance(3_000)
  expect(chat.waiting).toBe(1)
  line.block()
  await world.advance(31_000)
  line.mend()
  await world.advance(6_000)
  expect(client.state).toMatchObject({ status: 'new' })
  expect(outcome).toMatchObject({ code: 'disconnected' })
})

test('ST9 what a listener of the state fires belongs to the new session', async () => {
  await using scene = await createScene()
  const { chat, world, line, client } = scene
  client.onState(() => {
    if (client.state.kind === 'joined') client.remote(remotes.said).fireServer(5)
  })
  line.block()
  await world.advance(31_000)
  line.mend()
  await world.advance(6_000)
  expect(client.state).toMatchObject({ status: 'new' })
  expect(chat.heard).toEqual([['ana', 5]])
  expect(world.lines).toEqual([])
})

test('SE13 SE14 more events than the server keeps for an absent player make a fresh start, not a gap', async () => {
  await using scene = await createScene()
  const { chat, world, line, client, told } = scene
  const [player] = world.place.players.getPlayers()
  line.block()
  await world.settle()
  for (let count = 1; count <= 1_001; count += 1) world.place.remote(remotes.told).fireAllClients(count)
  line.mend()
  await world.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'rejoined' })
  expect(world.place.players.getPlayers()).toEqual([player])
  expect(chat.removed).toEqual([])
  expect(told).toEqual([])
  world.place.remote(remotes.told).fireAllClients(5_000)
  await world.tick()
  expect(told).toEqual([5_000])
  expectConverged(world.place, client)
})
