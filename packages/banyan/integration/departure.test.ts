// How a stay ends, or goes on elsewhere: grace, reload, take-over, kick, leave.
import { expectConverged, type TestPlace } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { createMemoryStorage } from 'banyan/client'
import { expect, test } from 'vitest'
import { createChat, definition, remotes } from './fixtures/chat-game.ts'

async function createScene(...players: readonly string[]) {
  const chat = createChat()
  const place = await createTestPlace({ definition, scripts: [chat.chat], players })
  return { chat, place, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() }
}

/** How often someone of this name said hello on a line of their own. */
function helloCount({ recorder }: TestPlace, name: string): number {
  return recorder.trace().entries.filter((entry) => entry.kind === 'open' && entry.player === name).length
}

test('SE2 PY2 the Player stays for the grace period, then leaves once, as timed out', async () => {
  await using scene = await createScene('ana', 'bo')
  const { chat, place } = scene
  const { client, network } = place.player('ana')
  const witness = place.player('bo')
  await place.tick()
  const [player] = place.server.players.getPlayers()
  const seen: unknown[] = []
  witness.game.getService('Players').playerRemoving.connect((left) => seen.push(left.name))
  network.block()
  await place.advance(29_900)
  expect(player?.isDestroyed).toBe(false)
  expect(
    witness.game
      .getService('Players')
      .getPlayers()
      .map(({ connected }) => connected),
  ).toEqual([false, true])
  await place.advance(200)
  expect(chat.removed).toEqual([[player, 'timedOut']])
  expect(player?.isDestroyed).toBe(true)
  expect(seen).toEqual(['ana'])
  network.heal()
  const before = client.localPlayer
  await place.advance(6_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  expect(client.localPlayer).not.toBe(before)
  expect(before?.isDestroyed).toBe(true)
  expect(chat.added).toHaveLength(3)
  expect(chat.removed).toHaveLength(1)
  await place.settle()
  expectConverged(place)
})

test('SE1 SE7 a page that was reloaded is the same Player, with a fresh snapshot and no earlier events', async () => {
  await using scene = await createScene('ana')
  const { chat, place } = scene
  const ana = place.player('ana')
  const [player] = place.server.players.getPlayers()
  // Heard by nobody before the page goes, and so never acknowledged.
  ana.network.block()
  place.remote(remotes.told).fireAllClients(1)
  await place.tick()
  ana.reopen()
  const told: number[] = []
  ana.remote(remotes.told).onClientEvent.connect((count) => told.push(count))
  ana.network.heal()
  await place.advance(1_000)
  expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'rejoined', playerId: player?.id })
  place.remote(remotes.told).fireAllClients(2)
  await place.tick()
  expect(told).toEqual([2])
  expect(place.server.players.getPlayers()).toEqual([player])
  expect([chat.added.length, chat.removed.length]).toEqual([1, 0])
  await place.settle()
  expectConverged(place)
})

test('SE5 CN6 the newest connection of a user wins; the older is told and does not try again', async () => {
  await using scene = await createScene()
  const { chat, place } = scene
  const storage = createMemoryStorage()
  const { client: older } = await place.join('ana', { client: { storage } })
  const [player] = place.server.players.getPlayers()
  const left = expect(older.remote(remotes.asked).invokeServer(1)).rejects.toMatchObject({
    code: 'disconnected',
  })
  await place.tick()
  // Another tab: the browser's guest key, and a session storage of its own.
  const tab = { ...createMemoryStorage(), browser: storage.browser }
  const { client: newer } = await place.join('another tab', { client: { name: 'ana', storage: tab } })
  await place.advance(1_000)
  expect(older.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect(newer.state).toMatchObject({ kind: 'joined', status: 'rejoined', playerId: player?.id })
  await left
  await place.advance(60_000)
  expect(helloCount(place, 'ana')).toBe(2)
  expect(place.server.stats).toMatchObject({ players: 1, connected: 1 })
  expect([chat.added.length, chat.removed.length]).toEqual([1, 0])
  expect(() => older.remote(remotes.said).fireServer(1)).toThrow(/disconnected|somewhere else/)
  newer.remote(remotes.said).fireServer(2)
  await place.tick()
  expect(chat.heard).toEqual([['ana', 2]])
})

test('CN18 SE23 a tab that was offline while another one took over stays aside, until it is asked', async () => {
  await using scene = await createScene()
  const { chat, place } = scene
  const storage = createMemoryStorage()
  const older = await place.join('ana', { client: { storage } })
  const [player] = place.server.players.getPlayers()
  await place.tick()
  older.network.block()
  await place.advance(12_000)
  expect(older.client.state.kind).toBe('reconnecting')
  const tab = { ...createMemoryStorage(), browser: storage.browser }
  const { client: newer } = await place.join('another tab', { client: { storage: tab } })
  older.network.heal()
  await place.advance(10_000)
  expect(older.client.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  expect(newer.state).toMatchObject({ kind: 'joined', status: 'rejoined', playerId: player?.id })
  older.client.connect()
  await place.advance(1_000)
  expect(older.client.state).toMatchObject({ kind: 'joined', playerId: player?.id })
  expect(newer.state).toMatchObject({ kind: 'closed', code: 'takenOver' })
  await place.advance(10_000)
  expect(newer.state.kind).toBe('closed')
  expect([chat.added.length, chat.removed.length]).toEqual([1, 0])
})

test('ID2 two seats of one browser are two players', async () => {
  await using scene = await createScene()
  const { place } = scene
  const storage = createMemoryStorage()
  const { client: first } = await place.join('ana', { client: { storage } })
  const { client: second } = await place.join('ana 2', { client: { name: 'ana', storage, seat: '2' } })
  await place.tick()
  expect([first.state.kind, second.state.kind]).toEqual(['joined', 'joined'])
  expect(place.server.players.getPlayers().map(({ name }) => name)).toEqual(['ana', 'ana 2'])
  expect(first.localPlayer?.id).not.toBe(second.localPlayer?.id)
})

test('PY6 CN6 a kicked player is told why, leaves at once and does not come back by itself', async () => {
  await using scene = await createScene('ana')
  const { chat, place } = scene
  const { client } = place.player('ana')
  const [player] = place.server.players.getPlayers()
  player?.kick('No shouting.')
  await place.tick()
  expect(client.state).toEqual({ kind: 'closed', code: 'kicked', reason: 'No shouting.' })
  expect(chat.removed).toEqual([[player, 'kicked']])
  await place.advance(60_000)
  expect(helloCount(place, 'ana')).toBe(1)
  client.connect()
  await place.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  await place.settle()
  expectConverged(place)
})

test('SE9 CN7 who leaves is gone at once, and an absent player can be kicked', async () => {
  await using scene = await createScene('ana', 'bo')
  const { chat, place } = scene
  const [ana, bo] = place.server.players.getPlayers()
  place.player('ana').client.close()
  place.player('bo').network.block()
  await place.tick()
  expect(chat.removed).toEqual([[ana, 'left']])
  bo?.kick()
  await place.tick()
  expect(chat.removed.at(-1)).toEqual([bo, 'kicked'])
  expect(place.server.stats.players).toBe(0)
  await place.advance(60_000)
  expect(chat.removed).toHaveLength(2)
})

test('PY8 a player whom a script destroys has left, and nothing of the session remains', async () => {
  await using scene = await createScene('ana', 'bo')
  const { chat, place } = scene
  const { client } = place.player('ana')
  const [player] = place.server.players.getPlayers()
  player?.destroy()
  await place.tick()
  expect(client.state).toMatchObject({ kind: 'closed', code: 'kicked' })
  expect(chat.removed).toEqual([[player, 'kicked']])
  expect(place.server.stats).toMatchObject({ players: 1, connected: 1 })
  await place.settle()
  expectConverged(place)
  client.connect()
  await place.advance(1_000)
  expect(client.state).toMatchObject({ kind: 'joined', status: 'new' })
  await place.settle()
  expectConverged(place)
})
