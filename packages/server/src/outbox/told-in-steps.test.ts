import { defineClass, Folder, float, replicaView, Vector3, vector3, view } from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import type { TestClient } from '../../fixtures/test-client.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'

const Mover = defineClass('Mover', {
  properties: {
    place: vector3(undefined, { precision: 0.01 }),
    speed: float(0, { precision: 0.5 }),
    ammo: float(0, { precision: 0.5, visibleTo: 'owner' }),
  },
})
const definition = defineGame({ classes: [Mover] })

async function setUp() {
  const made = createTestPlace({ definition, limits: { foldBytes: 0 } })
  const { game } = made.place
  const workspace = game.getService('Workspace')
  const mover = new Mover({ parent: workspace, place: new Vector3(100, 0, 100), speed: 50 })
  const [ana, bo] = [await made.join({ name: 'Ana' }), await made.join({ name: 'Bo' })]
  await made.tick()
  /** What a client is told of the mover by a tick: property by property, whether in steps. */
  const toldBy = async (client: TestClient): Promise<Record<string, string>> => {
    const { length } = client.messages
    await made.tick()
    const told: Record<string, string> = {}
    for (const message of client.messages.slice(length)) {
      if (message.kind !== 'patches') continue
      for (const operation of message.patches.flatMap(({ operations }) => operations)) {
        if (operation.id !== mover.id || !('properties' in operation)) continue
        for (const [index] of operation.properties)
          told[Mover.schema.properties[index]?.name ?? ''] = operation.kind
      }
    }
    for (const { replica, welcome } of [ana, bo])
      expect(replicaView(replica)).toEqual(view(game.snapshot, welcome.playerId))
    return told
  }
  const playerOf = ({ welcome }: TestClient) =>
    made.place.players.getPlayers().find(({ id }) => id === welcome.playerId) ?? null
  return { ...made, game, workspace, mover, ana, bo, toldBy, playerOf }
}

test('PL14 what readers have is told in steps where that is shorter', async () => {
  const { mover, ana, toldBy } = await setUp()
  mover.place = new Vector3(100.25, 0, 99.75)
  mover.speed = 50.5
  expect(await toldBy(ana)).toEqual({ place: 'shift', speed: 'shift' })
  mover.speed = 0
  expect(await toldBy(ana)).toEqual({ speed: 'set' })
  mover.place = new Vector3(0, 1e300, 0)
  expect(await toldBy(ana)).toEqual({ place: 'set' })
  mover.place = new Vector3(1, 2, 3)
  expect(await toldBy(ana)).toEqual({ place: 'set' })
})

test('PL14 who begins to see something is told all of it', async () => {
  const { mover, workspace, ana, bo, toldBy, playerOf } = await setUp()
  mover.visibleTo = playerOf(bo) ?? 'nobody'
  await toldBy(ana)
  mover.place = new Vector3(101, 0, 100)
  mover.visibleTo = 'everyone'
  expect(await toldBy(ana)).toEqual({ place: 'create', speed: 'create' })
  mover.place = new Vector3(101.5, 0, 100)
  mover.parent = new Folder({ name: 'box', parent: workspace })
  expect(await toldBy(bo)).toEqual({ place: 'shift' })
})

test('PL15 what owners alone see is told as it is, to whoever the owner is', async () => {
  const { mover, ana, bo, toldBy, playerOf } = await setUp()
  mover.owner = playerOf(ana)
  mover.ammo = 100
  expect(await toldBy(ana)).toEqual({ ammo: 'set' })
  mover.ammo = 100.5
  mover.speed = 51
  expect(await toldBy(ana)).toEqual({ ammo: 'set', speed: 'shift' })
  mover.owner = playerOf(bo)
  mover.ammo = 101
  expect(await toldBy(bo)).toEqual({ ammo: 'set' })
})

test('PL14 who comes back is told in steps what it missed, from where it was', async () => {
  const { mover, ana, bo, game, tick } = await setUp()
  ana.drop()
  for (let n = 1; n <= 5; n += 1) {
    mover.place = new Vector3(100 + n / 10, 0, 100)
    await tick()
  }
  const { length } = ana.messages
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await tick()
  const welcome = ana.messages.slice(length).find(({ kind }) => kind === 'welcome')
  const told = welcome?.kind === 'welcome' ? welcome.patches.map(({ operations }) => operations) : []
  const index = Mover.schema.propertyByName.get('place')?.index
  expect(told.flat()).toContainEqual({
    kind: 'shift',
    id: mover.id,
    classNumber: definition.classNumberOf(Mover.schema),
    properties: [[index, 50, 0, 0]],
  })
  for (const { replica, welcome: mine } of [ana, bo])
    expect(replicaView(replica)).toEqual(view(game.snapshot, mine.playerId))
})
