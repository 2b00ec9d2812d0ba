import {
  createAudiences,
  defineClass,
  Folder,
  type Instance,
  int,
  type Operation,
  Part,
  replicaView,
  Vector3,
  vector3,
  view,
} from '@banyan/datamodel'
import { defineGame } from '@banyan/protocol'
import { expect, test } from 'vitest'
import type { TestClient } from '../../fixtures/test-client.ts'
import { createTestPlace } from '../../fixtures/test-place.ts'
import { remotes } from '../../fixtures/test-remotes.ts'
import type { Limits } from '../limits/limits.ts'

const Kart = defineClass('Kart', {
  extends: Part,
  properties: { at: vector3(Vector3.zero, { maySkip: true }), lap: int(0), skid: int(0, { maySkip: true }) },
})
type Kart = InstanceType<typeof Kart>
const definition = defineGame({ classes: [Kart], remotes })

async function createScene(limits: Partial<Limits> = {}) {
  const scene = createTestPlace({ definition, limits })
  const { place, join, tick } = scene
  const workspace = place.game.getService('Workspace')
  const karts = Array.from({ length: 5 }, (_, n) => new Kart({ name: `kart ${n}`, parent: workspace }))
  const [kart] = karts
  if (kart === undefined) throw new Error('there are karts')
  const ana = await join({ name: 'Ana' })
  const ben = await join({ name: 'Ben' })
  await tick()
  const drive = (x: number): void => {
    for (const one of karts) one.at = new Vector3(x, one.id, 0)
  }
  /** A tick that nobody's line takes. */
  const stall = (x: number): void => {
    drive(x)
    place.step()
  }
  const expectEqual = (client: TestClient): void =>
    expect(replicaView(client.replica)).toEqual(view(place.game.snapshot, client.welcome.playerId))
  return { ...scene, workspace, karts, kart, ana, ben, drive, stall, expectEqual }
}

/** The operations that came since, patch by patch. */
function toldTo({ messages }: TestClient, from: number): (readonly Operation[])[] {
  return messages
    .slice(from)
    .flatMap((message) =>
      message.kind === 'patches' || message.kind === 'welcome'
        ? message.patches.map(({ operations }) => operations)
        : [],
    )
}

function placeOf(client: TestClient, kart: Instance): Vector3 | undefined {
  return (client.replica.getInstanceById(kart.id) as Kart | null)?.at
}

test('SK1 a line that takes everything gets every value, however much is written', async () => {
  const { ana, drive, expectEqual, place, tick } = await createScene()
  for (let x = 1; x < 50; x += 1) {
    drive(x)
    await tick()
    expectEqual(ana)
    expect(place.stats.skipping).toBe(0)
  }
})

test('SK2 SK3 a congested line gets none, queues none, and then the newest once', async () => {
  const { ana, expectEqual, kart, karts, place, settle, stall, tick } = await createScene()
  const from = ana.messages.length
  stall(1)
  const { bytesOut } = place.stats
  for (let x = 2; x < 500; x += 1) stall(x)
  expect(place.stats).toMatchObject({ bytesOut, skipping: 2 })
  await settle()
  expect(placeOf(ana, kart)?.x).toBe(1)
  // At rest: nothing changes any more, and the last value comes all the same.
  await tick()
  expect(placeOf(ana, kart)?.x).toBe(499)
  expectEqual(ana)
  expect(toldTo(ana, from).map((operations) => operations.length)).toEqual([karts.length, karts.length])
  expect(place.stats.skipping).toBe(0)
  const { framesOut } = place.stats
  await tick()
  expect(place.stats.framesOut).toBe(framesOut)
})

test('SK2 all else comes in full and in order while values are left out', async () => {
  const { ana, kart, place, settle, stall, workspace } = await createScene()
  const from = ana.messages.length
  stall(0)
  for (let lap = 1; lap < 20; lap += 1) {
    kart.lap = lap
    kart.name = `lap ${lap}`
    new Folder({ name: `cone ${lap}`, parent: workspace })
    place.remote(remotes.note).fireAllClients(lap)
    stall(lap)
  }
  await settle()
  const [, ...patches] = toldTo(ana, from)
  expect(patches.map((operations) => operations.map(({ kind }) => kind).toSorted())).toEqual(
    Array.from({ length: 19 }, () => ['create', 'rename', 'set']),
  )
  const laps = patches.flatMap((told) =>
    told.flatMap((operation) => (operation.kind === 'set' ? [operation.properties] : [])),
  )
  expect(laps).toEqual(
    Array.from({ length: 19 }, (_, n) => [[Kart.schema.propertyByName.get('lap')?.index, n + 1]]),
  )
  expect(ana.events('note')).toEqual(Array.from({ length: 19 }, (_, n) => [n + 1]))
})

test('SK3 what came, went, hid, moved and returned while values were left out', async () => {
  const { ana, ben, expectEqual, karts, place, settle, stall, tick, workspace } = await createScene()
  const north = createAudiences(place.game).create('north')
  const [first, second, third, fourth, fifth] = karts
  const [anas] = place.players.getPlayers()
  if (anas === undefined || !first || !second || !third || !fourth || !fifth) throw new Error('all are there')
  const box = new Folder({ name: 'box', parent: workspace })
  fifth.parent = box
  await tick()
  const from = ana.messages.length
  stall(1)
  stall(2)
  const late = new Kart({ name: 'late', parent: workspace, at: new Vector3(7, 0, 0) })
  first.destroy()
  second.visibleTo = 'nobody'
  third.visibleTo = north
  north.add(anas)
  box.visibleTo = 'nobody'
  fourth.parent = late
  place.step()
  late.at = new Vector3(8, 0, 0)
  second.at = new Vector3(666, 0, 0)
  fifth.at = new Vector3(666, 0, 0)
  third.at = new Vector3(3, 3, 3)
  place.step()
  await settle()
  expect(placeOf(ana, late)?.x).toBe(7)
  expect(placeOf(ana, third)?.x).toBe(2)
  await tick()
  expect([placeOf(ana, late)?.x, placeOf(ana, third)?.x, placeOf(ben, third)]).toEqual([8, 3, undefined])
  for (const client of [ana, ben]) expectEqual(client)
  // What is hidden is in nothing that was told since.
  const values = toldTo(ana, from).flatMap((told) =>
    told.flatMap((operation) => (operation.kind === 'set' ? operation.properties : [])),
  )
  expect(values.some(([, value]) => value instanceof Vector3 && value.x === 666)).toBe(false)
})

test('SK4 who lacks the same gets the same bytes, whatever else they see', async () => {
  const { ana, ben, drive, place, settle, stall, tick } = await createScene()
  stall(1)
  stall(2)
  await settle()
  const from = [ana.frames.length, ben.frames.length]
  drive(3)
  await tick()
  const frames = [ana.frames.slice(from[0]), ben.frames.slice(from[1])]
  expect(frames[0]).toHaveLength(1)
  expect(frames[0]).toEqual(frames[1])
  expect(place.stats.skipping).toBe(0)
})

test('SK5 who loses the line while values are left out resumes with them', async () => {
  const { ana, expectEqual, kart, settle, stall, tick } = await createScene()
  stall(1)
  kart.lap = 1
  stall(2)
  await settle()
  const resume = ana.resume()
  ana.drop()
  await tick()
  ana.connect({ guestKey: 'Ana-key', resume })
  await settle()
  expect(ana.welcome.status).toBe('resumed')
  expect(placeOf(ana, kart)?.x).toBe(2)
  expectEqual(ana)
})

test('SK5 so does who loses them on their way, once and again', async () => {
  const { ana, drive, expectEqual, kart, place, settle, stall, tick } = await createScene()
  stall(1)
  kart.lap = 1
  stall(2)
  await settle()
  ana.ack()
  await settle()
  for (let round = 0; round < 3; round += 1) {
    const resume = ana.resume()
    drive(10 + round)
    // Told, and lost with the line.
    place.step()
    ana.drop()
    await tick()
    ana.connect({ guestKey: 'Ana-key', resume })
    // So is the welcome of all rounds but the last.
    if (round < 2) place.step()
    else await settle()
  }
  expect(ana.welcome.status).toBe('resumed')
  expect(placeOf(ana, kart)?.x).toBe(12)
  expectEqual(ana)
})

test('SK5 a takeover while values are left out is whole too, where nothing else changes', async () => {
  const { ana, expectEqual, kart, settle, stall } = await createScene()
  stall(1)
  kart.lap = 1
  stall(2)
  await settle()
  expect(placeOf(ana, kart)?.x).toBe(1)
  ana.connect({ guestKey: 'Ana-key', resume: ana.resume() })
  await settle()
  expect([ana.welcome.status, placeOf(ana, kart)?.x]).toEqual(['resumed', 2])
  expectEqual(ana)
})

test.each([
  ['a diff', {}],
  ['a snapshot', { patches: { count: 3, bytes: 1_000_000 } }],
])('SK6 SE19 a slow reader gets them after %s', async (_what, limits) => {
  const { ana, expectEqual, kart, place, settle, stall, tick, workspace } = await createScene({
    unsentBytes: 500,
    ...limits,
  })
  stall(1)
  for (let n = 2; n < 40; n += 1) {
    workspace.setAttribute('text', `${n}`.padEnd(200, 'x'))
    stall(n)
  }
  expect(place.stats).toMatchObject({ behind: 2, skipping: 2 })
  await settle()
  for (let n = 0; n < 3; n += 1) await tick()
  expect(placeOf(ana, kart)?.x).toBe(39)
  expectEqual(ana)
  expect(place.stats).toMatchObject({ behind: 0, skipping: 0 })
})
