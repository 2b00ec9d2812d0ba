// The sentinel: a replica that is not what it should be is found, mended with little, and told of.

import { applyPatch, CFrame, Folder, IntValue, type Operation, Part, Vector3 } from '@banyan/datamodel'
import { decodeDown, decodeNews, decodeUp, defineGame } from '@banyan/protocol'
import type { DesyncReport } from '@banyan/server'
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { describe, expect, test } from 'vitest'

const definition = defineGame({})
const everyPatches = 10

async function setUp(sentinel: { everyPatches: number } | false = { everyPatches }) {
  const reports: DesyncReport[] = []
  const place = await createTestPlace({
    definition,
    players: ['ana', 'ben'],
    tickHz: 20,
    sentinel,
    onDesync: (report) => reports.push(report),
  })
  const workspace = place.game.getService('Workspace')
  const beat = new IntValue({ name: 'beat', parent: workspace })
  const boxes = Array.from({ length: 4 }, (_, n) => new Folder({ name: `box${n}`, parent: workspace }))
  const parts = boxes.flatMap((box) =>
    Array.from(
      { length: 100 },
      (_, n) => new Part({ name: `part${n}`, parent: box, cframe: new CFrame(new Vector3(n, 0, 0)) }),
    ),
  )
  parts[7]?.setAttribute('hp', 5)
  await place.tick()
  await place.settle()
  const ana = place.player('ana')
  const copyOf = (id: number) => {
    const found = ana.game.getInstanceById(id)
    if (found === null) throw new Error(`ana has no ${id}`)
    return found
  }
  return {
    place,
    reports,
    beat,
    boxes,
    parts,
    ana,
    copyOf,
    /** As a fault of replication would leave it. */
    corrupt(...operations: Operation[]) {
      applyPatch(ana.game, { ...ana.game.snapshot, operations })
    },
    /** So many patches, one a tick. */
    async patches(count: number, ms = 50) {
      for (let n = 0; n < count; n += 1) {
        beat.value += 1
        await place.advance(ms)
      }
    },
    /** The bytes of what came down to a player with news in it. */
    newsTo(name: string) {
      return place.recorder.trace().entries.flatMap((entry) => {
        if (entry.kind !== 'frame' || entry.direction !== 'down' || entry.player !== name) return []
        const bytes = new Uint8Array(Buffer.from(entry.frame, 'base64'))
        const decoded = decodeDown(definition, bytes)
        if (!decoded.ok || decoded.value.kind !== 'patches') return []
        const { news } = decoded.value
        const told = news === undefined ? null : decodeNews(definition, news)
        return told?.ok === true ? [{ kind: told.value.kind, bytes: bytes.length }] : []
      })
    },
    upTo: () =>
      place.recorder.trace().entries.flatMap((entry) => {
        if (entry.kind !== 'frame' || entry.direction !== 'up') return []
        const decoded = decodeUp(new Uint8Array(Buffer.from(entry.frame, 'base64')))
        return decoded.ok && decoded.value.kind === 'sentinel'
          ? [`${entry.player}: ${decoded.value.call.kind}`]
          : []
      }),
  }
}

type World = Awaited<ReturnType<typeof setUp>>

const cframe = Part.schema.propertyByName.get('cframe')?.index ?? -1

/** What goes wrong with the replica of one part, and what is said of it. */
const faults: Readonly<Record<string, { make: (world: World, id: number) => Operation[]; field: string }>> = {
  property: {
    field: 'cframe',
    make: ({ parts }, id) => [{ kind: 'set', id, properties: [[cframe, parts[3]?.cframe]] }],
  },
  name: { field: '#name', make: (_, id) => [{ kind: 'rename', id, name: 'other' }] },
  'order key': {
    field: '#order',
    make: ({ boxes }, id) => [{ kind: 'move', id, parent: boxes[0]?.id ?? 0, order: 99_999 }],
  },
  parent: {
    field: '#parent',
    make: ({ boxes }, id) => [{ kind: 'move', id, parent: boxes[2]?.id ?? 0, order: 99_999 }],
  },
  attribute: { field: '@hp', make: (_, id) => [{ kind: 'attribute', id, name: 'hp', value: 6 }] },
  tags: { field: '#tags', make: (_, id) => [{ kind: 'tags', id, tags: ['red'] }] },
  'missing instance': { field: '#missing', make: (_, id) => [{ kind: 'remove', id }] },
}

describe('a replica that is wrong', () => {
  test.each(Object.entries(faults))(
    'SN1 SN2 SN3 in a %s is found within N patches and mended with that instance',
    async (_, fault) => {
      const world = await setUp()
      await using place = world.place
      const { ana, parts, patches, reports, copyOf } = world
      await patches(everyPatches)
      expect(reports).toEqual([])
      const id = parts[7]?.id ?? 0
      const calm = parts.slice(20).map((part) => copyOf(part.id).record)
      world.corrupt(...fault.make(world, id))
      await patches(everyPatches + 5)
      expectConverged(place)
      await place.settle()
      expectConverged(place)
      expect(reports).toMatchObject([{ player: { name: 'ana' }, remedy: 'subtree' }])
      const [report] = reports
      expect(report?.path).toMatch(/box[02]\.part7$|^Workspace\.box0\.part7$/)
      expect(report?.differences.join()).toContain(`part7: ${fault.field}`)
      expect(report?.patches.length).toBeGreaterThan(0)
      expect(parts.slice(20).map((part) => copyOf(part.id).record)).toEqual(calm)
      for (const [index, part] of parts.slice(20).entries()) expect(copyOf(part.id).record).toBe(calm[index])
      const below = world.newsTo('ana').filter(({ kind }) => kind === 'below')
      expect(below).toHaveLength(1)
      expect(below[0]?.bytes).toBeLessThan(150)
      expect(world.newsTo('ben').every(({ kind }) => kind === 'checksum')).toBe(true)
      expect(world.upTo().every((call) => call.startsWith('ana'))).toBe(true)
      expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'new' })
      const lines = place.takeLogged().map(String)
      expect(lines).toHaveLength(2)
    },
  )

  test('SN2 with an instance too many loses that one, and all below it', async () => {
    const world = await setUp()
    await using place = world.place
    const { ana, boxes, parts, patches, reports } = world
    const classNumber = definition.classNumberOf(Folder.schema) ?? 0
    const ghost = {
      kind: 'create',
      classNumber,
      order: 50_000,
      properties: [],
      attributes: {},
      tags: [],
    } as const
    world.corrupt(
      { ...ghost, id: 900_001, parent: boxes[0]?.id ?? 0, name: 'ghost' },
      { ...ghost, id: 900_002, parent: 900_001, name: 'child' },
    )
    await patches(everyPatches + 5)
    await place.settle()
    expectConverged(place)
    expect(ana.game.getInstanceById(900_001)).toBeNull()
    expect(reports).toMatchObject([{ remedy: 'subtree', path: 'instance 900001' }])
    expect(reports[0]?.differences).toEqual(['instance 900001: #extra', 'instance 900002: #extra'])
    expect(ana.game.getInstanceById(parts[0]?.id ?? 0)).not.toBeNull()
    place.takeLogged()
  })

  test('SN4 in several places is mended place by place, in one go', async () => {
    const world = await setUp()
    await using place = world.place
    const { boxes, parts, patches, reports } = world
    world.corrupt(
      { kind: 'rename', id: parts[7]?.id ?? 0, name: 'other' },
      { kind: 'rename', id: parts[207]?.id ?? 0, name: 'other' },
      { kind: 'rename', id: boxes[3]?.id ?? 0, name: 'other' },
    )
    await patches(everyPatches * 3)
    expectConverged(place)
    expect(reports.map(({ path }) => path)).toEqual([
      'Workspace.box0.part7',
      'Workspace.box2.part7',
      'Workspace.box3',
    ])
    place.takeLogged()
  })

  test('SN4 in more than eight children is mended at their parent', async () => {
    const world = await setUp()
    await using place = world.place
    const { parts, patches, reports } = world
    world.corrupt(...parts.slice(0, 20).map(({ id }): Operation => ({ kind: 'rename', id, name: 'other' })))
    await patches(everyPatches * 2)
    expectConverged(place)
    expect(reports).toMatchObject([{ path: 'Workspace.box0', remedy: 'subtree' }])
    expect(reports[0]?.differences).toHaveLength(16)
    place.takeLogged()
  })

  test('SN5 in a large part is mended by a snapshot, over which equal records stay', async () => {
    const world = await setUp()
    await using place = world.place
    const { ana, boxes, copyOf, patches, reports } = world
    const many = new Folder({ name: 'many', parent: boxes[0] ?? null })
    for (let n = 0; n < 2500; n += 1) new Folder({ name: `f${n}`, parent: many })
    await patches(1)
    await place.settle()
    const calm = copyOf(boxes[1]?.id ?? 0).record
    world.corrupt({ kind: 'remove', id: many.id })
    await patches(everyPatches * 3)
    await place.settle()
    expectConverged(place)
    expect(reports).toMatchObject([{ remedy: 'snapshot', path: 'Workspace.box0.many' }])
    expect(copyOf(boxes[1]?.id ?? 0).record).toBe(calm)
    expect(ana.client.state).toMatchObject({ kind: 'joined', status: 'new' })
    place.takeLogged()
  })

  test('SN6 that patches mend before it is looked for is told of as such', async () => {
    const world = await setUp()
    await using place = world.place
    const { beat, patches, reports, ana } = world
    ana.network.set({ up: { latencyMs: 200 } })
    await patches(everyPatches - (place.game.snapshot.seq % everyPatches) - 1)
    const value = IntValue.schema.propertyByName.get('value')?.index ?? -1
    // The check's own patch does not write it.
    world.corrupt({ kind: 'set', id: beat.id, properties: [[value, -5]] })
    world.boxes[0]?.setAttribute('other', 1)
    await place.advance(50)
    await patches(everyPatches - 2)
    await place.settle()
    expectConverged(place)
    expect(reports).toMatchObject([{ remedy: 'none', path: null, differences: [] }])
    place.takeLogged()
  })

  test('SN7 again and again is mended, then sent whole, then given up with a report, ever less often', async () => {
    const world = await setUp({ everyPatches: 2 })
    await using place = world.place
    const { ana, parts, patches, reports } = world
    // A client that cannot get it right: whatever it is sent, it breaks again.
    const id = parts[7]?.id ?? 0
    const stop = ana.game.getInstanceById(id)?.observe(() => {
      queueMicrotask(() => {
        if (ana.game.getInstanceById(id)?.name === 'part7')
          world.corrupt({ kind: 'rename', id, name: 'broken' })
      })
    })
    world.corrupt({ kind: 'rename', id, name: 'broken' })
    await patches(1_000, 500)
    const remedies = reports.map(({ remedy }) => remedy)
    expect(remedies.at(-1)).toBe('givenUp')
    expect(remedies.filter((remedy) => remedy === 'snapshot').length).toBeLessThanOrEqual(2)
    expect(remedies.length).toBeLessThan(25)
    const before = world.upTo().length
    await patches(100, 500)
    expect(world.upTo().length).toBe(before)
    place.takeLogged()
    stop?.()
    world.corrupt({ kind: 'rename', id, name: 'part7' })
  })
})

describe('the sentinel', () => {
  test('SN8 switched off says nothing and finds nothing', async () => {
    const world = await setUp(false)
    await using place = world.place
    const { parts, patches, reports } = world
    const id = parts[7]?.id ?? 0
    world.corrupt({ kind: 'rename', id, name: 'other' })
    await patches(200)
    expect([reports, world.newsTo('ana'), world.upTo()]).toEqual([[], [], []])
    world.corrupt({ kind: 'rename', id, name: 'part7' })
    await place.settle()
  })

  test('SN1 says what a player should hold every N patches, in the frame of the tick, and to all who see the same alike', async () => {
    const world = await setUp()
    await using place = world.place
    await world.patches(everyPatches * 5)
    for (const name of ['ana', 'ben']) {
      expect(world.newsTo(name).filter(({ kind }) => kind === 'checksum')).toHaveLength(5)
    }
    expect(world.upTo()).toEqual([])
    await place.settle()
  })
})
