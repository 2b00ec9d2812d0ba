// Another run of the place, as after a deployment: the same client object goes on, and is told that all is new.
import { NumberValue } from 'banyan'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'
import { expectConverged } from './fixtures/convergence.ts'
import { createWorld } from './fixtures/world.ts'

function createScene() {
  const chat = createChat()
  const world = createWorld({ definition, scripts: [chat.chat] })
  return { chat, world, [Symbol.asyncDispose]: world[Symbol.asyncDispose] }
}

test('RP5 RC10 a client survives a restart: a new session, the new tree, its listeners and contracts still tied', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const client = await world.join('ana')
  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  world.place.remote(remotes.told).fireAllClients(1)
  await world.tick()
  const { game } = client
  const before = client.find('Workspace.Moving', NumberValue)
  const states: unknown[] = []
  client.onState(() => states.push(client.state))
  await world.restart()
  // A tree of another shape, so that the old numbers mean other things.
  new NumberValue({ name: 'Late', value: 3, parent: world.place.game.getService('Workspace') })
  world.place.game.getService('Workspace').findFirstChild('Still')?.destroy()
  await world.advance(6_000)
  expect(states.at(0)).toMatchObject({ kind: 'reconnecting' })
  expect(states.at(-1)).toMatchObject({ kind: 'joined', status: 'new' })
  expect(client.game).toBe(game)
  expect(before?.isDestroyed).toBe(true)
  expect(client.find('Workspace.Moving')).not.toBe(before)
  expectConverged(world.place, client)
  world.place.remote(remotes.told).fireAllClients(2)
  client.remote(remotes.said).fireServer(2)
  await world.tick()
  expect([told, chat.heard]).toEqual([[1, 2], [['ana', 2]]])
  expect(world.lines).toEqual([])
})

test('ST4 RC9 calls that a run never confirmed reach no other run: events with a warning, requests reject', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const line = world.newLine()
  const client = await world.join('ana', { transport: line.transport })
  const codes: unknown[] = []
  const ask = (count: number): void => {
    client
      .remote(remotes.asked)
      .invokeServer(count, { deadlineMs: 1_000_000 })
      .catch((error: unknown) => codes.push(error instanceof Error && 'code' in error ? error.code : error))
  }
  ask(1)
  await world.advance(3_000)
  line.block()
  ask(2)
  client.remote(remotes.said).fireServer(1)
  await world.restart()
  line.mend()
  await world.advance(6_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expect(codes).toEqual(['disconnected', 'disconnected'])
  expect(chat.heard).toEqual([])
  expect(world.lines).toEqual([expect.stringMatching(/dropped \(1\)/)])
})

test('RP5 a crowd survives three restarts', async () => {
  await using scene = createScene()
  const { world } = scene
  const names = Array.from({ length: 10 }, (_, index) => `player ${index}`)
  const clients = await Promise.all(names.map((name) => world.join(name)))
  for (let time = 0; time < 3; time += 1) {
    await world.restart()
    await world.advance(6_000)
    expect(clients.map(({ state }) => state)).toEqual(
      names.map(() => expect.objectContaining({ kind: 'joined', status: 'new' })),
    )
    for (const client of clients) expectConverged(world.place, client)
  }
  expect(
    world.place.players
      .getPlayers()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(names)
})

test('SE1 a session of one run means nothing in another, even with the same token', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const line = world.newLine()
  const client = await world.join('ana', { transport: line.transport })
  line.block()
  await world.restart()
  // The guest is there already, in a session of this run, when the old one's client comes back.
  expect(chat.added).toHaveLength(1)
  line.mend()
  await world.advance(6_000)
  expect(client.state).toMatchObject({ status: 'new' })
  expect(chat.added).toHaveLength(2)
  expectConverged(world.place, client)
})
