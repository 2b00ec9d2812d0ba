// Another run of the place, as after a deployment: the same client object goes on, and is told that all is new.
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { NumberValue } from 'banyan'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'

async function createScene(...players: readonly string[]) {
  const chat = createChat()
  const place = await createTestPlace({ definition, scripts: [chat.chat], players })
  return { chat, place, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() }
}

test('RP5 RC10 a client survives a restart: a new session, the new tree, its listeners and contracts still tied', async () => {
  await using scene = await createScene('ana')
  const { chat, place } = scene
  const { client } = place.player('ana')
  const told: number[] = []
  client.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  place.remote(remotes.told).fireAllClients(1)
  await place.tick()
  const { game } = client
  const before = client.find('Workspace.Moving', NumberValue)
  const states: unknown[] = []
  client.onState(() => states.push(client.state))
  await place.restart()
  // A tree of another shape, so that the old numbers mean other things.
  new NumberValue({ name: 'Late', value: 3, parent: place.game.getService('Workspace') })
  place.game.getService('Workspace').findFirstChild('Still')?.destroy()
  await place.advance(6_000)
  expect(states.at(0)).toMatchObject({ kind: 'reconnecting' })
  expect(states.at(-1)).toMatchObject({ kind: 'joined', status: 'new' })
  expect(client.game).toBe(game)
  expect(before?.isDestroyed).toBe(true)
  expect(client.find('Workspace.Moving')).not.toBe(before)
  await place.settle()
  expectConverged(place)
  place.remote(remotes.told).fireAllClients(2)
  client.remote(remotes.said).fireServer(2)
  await place.tick()
  expect([told, chat.heard]).toEqual([[1, 2], [['ana', 2]]])
  expect(place.takeLogged()).toEqual([])
})

test('ST4 RC9 calls that a run never confirmed reach no other run: events with a warning, requests reject', async () => {
  await using scene = await createScene('ana')
  const { chat, place } = scene
  const { client, network } = place.player('ana')
  const codes: unknown[] = []
  const ask = (count: number): void => {
    client
      .remote(remotes.asked)
      .invokeServer(count, { deadlineMs: 1_000_000 })
      .catch((error: unknown) => codes.push(error instanceof Error && 'code' in error ? error.code : error))
  }
  ask(1)
  await place.advance(3_000)
  network.block()
  ask(2)
  client.remote(remotes.said).fireServer(1)
  await place.restart()
  network.heal()
  await place.advance(6_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expect(codes).toEqual(['disconnected', 'disconnected'])
  expect(chat.heard).toEqual([])
  expect(place.takeLogged()).toEqual([expect.stringMatching(/dropped \(1\)/)])
})

test('RP5 a crowd survives three restarts', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `player ${index}`)
  await using scene = await createScene(...names)
  const { place } = scene
  for (let time = 0; time < 3; time += 1) {
    await place.restart()
    await place.advance(6_000)
    expect(place.players.map(({ client }) => client.state)).toEqual(
      names.map(() => expect.objectContaining({ kind: 'joined', status: 'new' })),
    )
    await place.settle()
    expectConverged(place)
  }
  expect(
    place.server.players
      .getPlayers()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(names)
})

test('SE1 a session of one run means nothing in another, even with the same token', async () => {
  await using scene = await createScene('ana')
  const { chat, place } = scene
  const { client, network } = place.player('ana')
  network.block()
  await place.restart()
  // The guest is there already, in a session of this run, when the old one's client comes back.
  expect(chat.added).toHaveLength(1)
  network.heal()
  await place.advance(6_000)
  expect(client.state).toMatchObject({ status: 'new' })
  expect(chat.added).toHaveLength(2)
  await place.settle()
  expectConverged(place)
})
