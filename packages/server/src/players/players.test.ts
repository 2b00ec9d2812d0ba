import { Folder, IntValue, type Player, StringValue } from '@banyan/datamodel'
import { defineGame, defineRemotes, toServer } from '@banyan/protocol'
import { expect, test } from 'vitest'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { anyValue } from '../../fixtures/test-schemas.ts'
import { script } from '../scripts/script.ts'

const remotes = defineRemotes({ act: toServer(anyValue) })
const definition = defineGame({ remotes })

test('PY1 playerAdded fires once a stay, with the containers filled from the starters', async () => {
  const seen: string[] = []
  const { place, join, settle } = createTestPlace({
    definition,
    scripts: [
      script(({ players, starterGui, starterPack }) => {
        const sword = new Folder({ name: 'Sword', parent: starterPack })
        new IntValue({ name: 'Damage', value: 7, parent: sword })
        new StringValue({ name: 'Draft', parent: starterPack }).archivable = false
        new Folder({ name: 'Hud', parent: starterGui })
        players.playerAdded.connect((player) => {
          seen.push(player.name, ...player.getDescendants().map((below) => below.getFullName()))
          const stats = new Folder({ name: 'leaderstats', parent: player })
          new IntValue({ name: 'Coins', value: 10, parent: stats })
        })
      }),
    ],
  })
  const ana = await join()
  expect(seen).toEqual([
    'Ana',
    'Players.Ana.PlayerGui',
    'Players.Ana.PlayerGui.Hud',
    'Players.Ana.Backpack',
    'Players.Ana.Backpack.Sword',
    'Players.Ana.Backpack.Sword.Damage',
  ])
  expect(ana.replica.getService('Players').findFirstDescendant('Coins', IntValue)?.value).toBe(10)
  expect(ana.replica.getService('Players').findFirstDescendant('Damage', IntValue)?.value).toBe(7)
  ana.drop()
  await settle()
  await join()
  expect(seen.filter((word) => word === 'Ana')).toHaveLength(1)
  expect(place.players.getPlayers()[0]?.backpack?.getChildren()).toHaveLength(1)
})

test('PY2 the handlers of playerRemoving run while the Player still stands in the tree', async () => {
  const seen: unknown[] = []
  const { place, join, settle } = createTestPlace({ definition })
  place.players.playerRemoving.connect((player, reason) => {
    seen.push(reason, player.isDestroyed, player.parent === place.players, player.backpack !== null)
  })
  const ana = await join()
  ana.leave()
  await settle()
  expect(seen).toEqual(['left', false, true, true])
})

test('PY5 two guests of the same name are told apart', async () => {
  const { place, join } = createTestPlace({ definition })
  await join({ name: 'Ana', guestKey: 'one' })
  await join({ name: 'ana', guestKey: 'two' })
  await join({ name: '', guestKey: 'three' })
  expect(place.players.getPlayers().map(({ name }) => name)).toEqual(['Ana', 'ana 2', 'Guest'])
})

test('PY6 a kicked player is told why and leaves at once', async () => {
  const { place, join, settle } = createTestPlace({ definition })
  const left: string[] = []
  place.players.playerRemoving.connect((player, reason) => left.push(`${player.name} ${reason}`))
  const ana = await join()
  const [player] = place.players.getPlayers()
  player?.kick('Be nice.')
  await settle()
  expect(ana.closed).toEqual({ kind: 'close', code: 'kicked', reason: 'Be nice.' })
  expect(left).toEqual(['Ana kicked'])
  expect([player?.isDestroyed, ana.hasClosed]).toEqual([true, true])
  expect((await join()).welcome.status).toBe('new')
})

test('PY6 a player who is kicked in playerAdded is never welcomed', async () => {
  const { place, join } = createTestPlace({
    definition,
    scripts: [script(({ players }) => void players.playerAdded.connect((player) => player.kick('Closed.')))],
  })
  const ana = await join()
  expect([ana.wasWelcomed, ana.closed?.code, ana.hasClosed]).toEqual([false, 'kicked', true])
  expect(place.players.getPlayers()).toEqual([])
})

test.each([
  ['destroys', (player: Player) => player.destroy()],
  [
    'takes out of the tree',
    (player: Player) => {
      player.parent = null
    },
  ],
])('PY8 a player whom a script %s is kicked, and may join anew', async (_how, remove) => {
  const { place, join, tick } = createTestPlace({ definition })
  const ana = await join()
  const removing: unknown[] = []
  place.players.playerRemoving.connect((player, reason) => removing.push(player.name, reason))
  const [player] = place.players.getPlayers()
  if (player === undefined) throw new Error('Ana has joined')
  remove(player)
  await tick()
  expect(ana.closed).toMatchObject({ code: 'kicked' })
  expect([removing, place.stats.players, player.isDestroyed]).toEqual([['Ana', 'kicked'], 0, true])
  expect((await join()).welcome.status).toBe('new')
  expect(place.players.getPlayers().map(({ name }) => name)).toEqual(['Ana'])
})

test('PY7 a handler that kicks the player whose message it handles finishes with that player intact', async () => {
  const seen: unknown[] = []
  const { place, join, settle } = createTestPlace({ definition })
  place.players.playerRemoving.connect((player) => seen.push('removing', player.isDestroyed))
  place.remote(remotes.act).onServerEvent.connect((player) => {
    player.kick()
    seen.push('after kick', player.isDestroyed)
  })
  const ana = await join()
  const call = { kind: 'event', remote: ana.remoteId('act'), args: ana.encode([1]) } as const
  ana.call(call, call)
  await settle()
  expect(seen).toEqual(['after kick', false, 'removing', false])
  expect(place.players.getPlayers()).toEqual([])
})
