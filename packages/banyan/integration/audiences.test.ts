// Audiences on whole places: remotes that only some see, places beside one another, players who go, and many at once.
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { defineGame, Folder, NumberValue, RemoteEvent, StringValue } from 'banyan'
import { script } from 'banyan/server'
import { expect, test } from 'vitest'
import { namesSeenBy, playerOf } from './fixtures/sight.ts'

const definition = defineGame({})

test('VS4 a remote is heard from and by those alone who may see it', async () => {
  const heard: unknown[] = []
  const build = script(({ workspace, audiences, players }) => {
    const staff = audiences.create('staff')
    const bell = new RemoteEvent({
      name: 'Bell',
      parent: new Folder({ name: 'Desk', parent: workspace, visibleTo: staff }),
    })
    bell.onServerEvent.connect((player, word) => {
      heard.push([player.name, word])
      bell.fireAllClients(word)
    })
    players.playerAdded.connect((player) => {
      if (player.name !== 'cy') staff.add(player)
    })
  })
  await using place = await createTestPlace({ definition, scripts: [build], players: ['ana', 'bo', 'cy'] })
  const bells = place.players.map((one) => one.client.find('Workspace.Desk.Bell', RemoteEvent))
  expect(bells.map((bell) => bell !== null)).toEqual([true, true, false])
  const rung: unknown[] = []
  for (const bell of bells) bell?.onClientEvent.connect((word) => rung.push(word))
  bells[0]?.fireServer('one')
  await place.tick()
  expect([heard, rung]).toEqual([[['ana', 'one']], ['one', 'one']])
  // On its way when the bell goes out of sight.
  place.player('bo').network.set({ latencyMs: 100 })
  bells[1]?.fireServer('two')
  await place.rest()
  place.server.audiences.find('staff')?.destroy()
  expect(place.takeLogged()).toHaveLength(1)
  await place.advance(300)
  expect(heard).toHaveLength(1)
  expect(rung).toEqual(['one', 'one'])
  expect(place.takeLogged()).toEqual([expect.stringContaining('dropped a call')])
})

test('VS5 scripts of a place share its audiences by name, and no other place has them', async () => {
  const seen: unknown[] = []
  const first = script(({ audiences }) => void audiences.create('north'))
  const second = script(({ audiences }) => void seen.push(audiences.find('north')?.name))
  await using one = await createTestPlace({ definition, scripts: [first, second] })
  await using other = await createTestPlace({ definition, scripts: [second] })
  expect(seen).toEqual(['north', undefined])
  expect(one.server.audiences.find('north')).not.toBeNull()
  expect(other.server.audiences.find('north')).toBeNull()
})

test('VS6 a player who leaves takes nothing along: the next one of that name starts outside of every audience', async () => {
  await using place = await createTestPlace({ definition, players: ['ana', 'bo'] })
  const north = place.server.audiences.create('north')
  const secret = new StringValue({
    name: 'secret',
    parent: place.game.getService('Workspace'),
    visibleTo: north,
  })
  north.add(playerOf(place, 'ana'))
  await place.tick()
  expect(namesSeenBy(place, 'ana')).toEqual(['secret'])
  await place.player('ana').leave()
  expect(north.players).toEqual([])
  await place.player('ana').join()
  await place.tick()
  expect([namesSeenBy(place, 'ana'), secret.parent?.name]).toEqual([[], 'Workspace'])
})

test('VS7 many players in many audiences that change all the time see what they may, on bad lines too', async () => {
  const cells = 12
  const build = script(({ audiences, heartbeat, players, random, workspace }) => {
    const areas = Array.from({ length: cells }, (_, index) => audiences.create(`area ${index}`))
    const pickArea = () => areas[Math.floor(random.next() * cells)]
    const things = Array.from({ length: 60 }, (_, index) => {
      const area = areas[index % cells]
      return new NumberValue({ name: `thing ${index}`, parent: workspace, ...(area && { visibleTo: area }) })
    })
    players.playerAdded.connect((player) => {
      for (let count = 0; count < 3; count += 1) pickArea()?.add(player)
    })
    heartbeat.connect(() => {
      for (const thing of things) if (random.next() < 0.2) thing.value += 1
      for (const player of players.getPlayers()) {
        if (random.next() < 0.2) pickArea()?.add(player)
        if (random.next() < 0.2) pickArea()?.remove(player)
      }
      const thing = things[Math.floor(random.next() * things.length)]
      const area = pickArea()
      if (thing !== undefined && area !== undefined && random.next() < 0.5) thing.visibleTo = area
    })
  })
  const players = Array.from({ length: 40 }, (_, index) => `p${index}`)
  const network = { latencyMs: 40, jitterMs: 30, loss: 0.02 }
  await using place = await createTestPlace({ definition, scripts: [build], players, network })
  for (let round = 0; round < 20; round += 1) {
    await place.advance(200)
    place.players[round % players.length]?.network.cut()
    expectConverged(place)
  }
})
