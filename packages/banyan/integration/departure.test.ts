// How a stay ends, or goes on elsewhere: grace, reload, take-over, kick, leave.
import { createMemoryStorage } from 'banyan/client'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'
import { expectConverged } from './fixtures/convergence.ts'
import { createWorld } from './fixtures/world.ts'

function createScene() {
  const chat = createChat()
  const world = createWorld({ definition, scripts: [chat.chat] })
  return { chat, world, [Symbol.asyncDispose]: world[Symbol.asyncDispose] }
}

test('SE2 PY2 the Player stays for the grace period, then leaves once, as timed out', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const line = world.newLine()
  const client = await world.join('ana', { transport: line.transport })
  const witness = await world.join('bo')
  const [player] = world.place.players.getPlayers()
  const seen: unknown[] = []
  witness.game.getService('Players').playerRemoving.connect((left) => seen.push(left.name))
  line.block()
  await world.advance(29_900)
  expect(player?.isDestroyed).toBe(false)
  expect(
    witness.game
      .getService('Players')
      .getPlayers()
      .map(({ connected }) => connected),
  ).toEqual([false, true])
  await world.advance(200)
  expect(chat.removed).toEqual([[player, 'timedOut']])
  expect(player?.isDestroyed).toBe(true)
  expect(seen).toEqual(['ana'])
  line.mend()
  const before = client.localPlayer
  await world.advance(6_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expect(client.localPlayer).not.toBe(before)
  expect(before?.isDestroyed).toBe(true)
  expect(chat.added).toHaveLength(3)
  expect(chat.removed).toHaveLength(1)
  for (const one of [client, witness]) expectConverged(world.place, one)
})

test('SE1 SE7 a page that was reloaded is the same Player, with a fresh snapshot and no earlier events', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const storage = createMemoryStorage()
  const line = world.newLine()
  await world.join('ana', { storage, transport: line.transport })
  const [player] = world.place.players.getPlayers()
  // Heard by nobody before the page goes, and so never acknowledged.
  line.block()
  world.place.remote(remotes.told).fireAllClients(1)
  await world.tick()
  const reloaded = world.newClient('ana', { storage })
  const told: number[] = []
  reloaded.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  reloaded.connect()
  await world.advance(1_000)
  expect(reloaded.state).toMatchObject({ kind: 'joined', status: 'rejoined', playerId: player?.id })
  world.place.remote(remotes.told).fireAllClients(2)
  await world.tick()
  expect(told).toEqual([2])
  expect(world.place.players.getPlayers()).toEqual([player])
  expect([chat.added.length, chat.removed.length]).toEqual([1, 0])
  expectConverged(world.place, reloaded)
})

test('SE5 CN6 the newest connection of a user wins; the older is told and does not try again', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const storage = createMemoryStorage()
  const line = world.newLine()
  const older = await world.join('ana', { storage, transport: line.transport })
  const [player] = world.place.players.getPlayers()
  const left = expect(older.remote(remotes.asked).invokeServer(1)).rejects.toMatchObject({
    code: 'disconnected',
  })
  await world.tick()
  // Another tab: the browser's guest key, and a session storage of its own.
  const newer = await world.join('ana', { storage: { ...createMemoryStorage(), browser: storage.browser } })
  await world.advance(1_000)
  expect(older.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect(newer.state).toMatchObject({ kind: 'joined', status: 'rejoined', playerId: player?.id })
  await left
  await world.advance(60_000)
  expect(line.attempts).toBe(1)
  expect(world.place.stats).toMatchObject({ players: 1, connected: 1 })
  expect([chat.added.length, chat.removed.length]).toEqual([1, 0])
  expect(() => older.remote(remotes.said).fireServer(1)).toThrow(/disconnected|somewhere else/)
  newer.remote(remotes.said).fireServer(2)
  await world.tick()
  expect(chat.heard).toEqual([['ana', 2]])
})

test('ID2 two seats of one browser are two players', async () => {
  await using scene = createScene()
  const { world } = scene
  const storage = createMemoryStorage()
  const first = await world.join('ana', { storage })
  const second = await world.join('ana', { storage, seat: '2' })
  await world.tick()
  expect([first.state.kind, second.state.kind]).toEqual(['joined', 'joined'])
  expect(world.place.players.getPlayers().map(({ name }) => name)).toEqual(['ana', 'ana 2'])
  expect(first.localPlayer?.id).not.toBe(second.localPlayer?.id)
})

test('PY6 CN6 a kicked player is told why, leaves at once and does not come back by itself', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const line = world.newLine()
  const client = await world.join('ana', { transport: line.transport })
  const [player] = world.place.players.getPlayers()
  player?.kick('No shouting.')
  await world.tick()
  expect(client.state).toEqual({ kind: 'closed', code: 'kicked', reason: 'No shouting.' })
  expect(chat.removed).toEqual([[player, 'kicked']])
  await world.advance(60_000)
  expect(line.attempts).toBe(1)
  client.connect()
  await world.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expectConverged(world.place, client)
})

test('SE9 CN7 who leaves is gone at once, and an absent player can be kicked', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const leaving = await world.join('ana')
  const line = world.newLine()
  await world.join('bo', { transport: line.transport })
  const [ana, bo] = world.place.players.getPlayers()
  leaving.close()
  line.block()
  await world.tick()
  expect(chat.removed).toEqual([[ana, 'left']])
  bo?.kick()
  await world.tick()
  expect(chat.removed.at(-1)).toEqual([bo, 'kicked'])
  expect(world.place.stats.players).toBe(0)
  await world.advance(60_000)
  expect(chat.removed).toHaveLength(2)
})

test('PY8 a player whom a script destroys has left, and nothing of the session remains', async () => {
  await using scene = createScene()
  const { chat, world } = scene
  const client = await world.join('ana')
  const witness = await world.join('bo')
  const [player] = world.place.players.getPlayers()
  player?.destroy()
  await world.tick()
  expect(client.state).toMatchObject({ kind: 'closed', code: 'kicked' })
  expect(chat.removed).toEqual([[player, 'kicked']])
  expect(world.place.stats).toMatchObject({ players: 1, connected: 1 })
  expectConverged(world.place, witness)
  client.connect()
  await world.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expectConverged(world.place, client)
})
