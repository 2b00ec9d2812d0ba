// The repository's hostile frames for clients, on a real client of a real place: it asks for a snapshot and goes on.
import { Folder } from '@banyan/datamodel'
import { createSeededRandom, encodePatches, encodeSegment } from '@banyan/protocol'
import {
  bendFrame,
  type HeldTree,
  malformedDownFrames,
  malformedNewsFrames,
  malformedSegments,
  misfits,
} from '@banyan/protocol/hostile-frames'
import { script } from '@banyan/server'
import { expectConverged } from '@banyan/testing'
import { createTestPlace } from '@banyan/testing/vitest'
import { afterEach, expect, test } from 'vitest'
import { garden, Plant } from '../fixtures/garden-game.ts'
import { createTamperedTransport } from '../fixtures/tampered-transport.ts'

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([])
  for (const value of [{}, [], () => {}, Object]) expect(Reflect.get(value, 'polluted')).toBeUndefined()
})

async function openScene(seed = 1) {
  const build = script(({ workspace, heartbeat }) => {
    const parent = new Plant({ name: 'Parent', parent: workspace })
    new Plant({ name: 'Other', parent: workspace })
    const child = new Plant({ name: 'Child', parent })
    let beats = 0
    heartbeat.connect(() => {
      beats += 1
      child.leaves = beats
      child.update(({ roots }) => {
        roots.depths[0] = beats
        roots.tags[`${beats % 5}`] = beats
      })
      if (beats % 3 === 0) new Folder({ name: `Folder ${beats}`, parent })
      if (beats % 7 === 0) parent.findFirstChildOfClass(Folder)?.destroy()
    })
  })
  const place = await createTestPlace({
    definition: garden,
    scripts: [build],
    players: ['bystander'],
    seed,
    tickHz: 10,
  })
  const tampered = createTamperedTransport(() => place.transport)
  const victim = await place.join('victim', { client: { transport: tampered } })
  await place.tick()
  const id = (name: string) => place.game.getService('Workspace').findFirstDescendant(name)?.id ?? 0
  const at = (name: string) => Plant.schema.propertyByName.get(name)?.index ?? -1
  const tree: HeldTree = {
    service: place.game.getService('Workspace').id,
    parent: id('Parent'),
    other: id('Other'),
    child: id('Child'),
    absent: 1_000_000,
    classNumber: garden.classNumberOf(Plant.schema) ?? -1,
    otherClassNumber: garden.classNumberOf(Folder.schema) ?? -1,
    nested: at('roots'),
    reference: at('host'),
    list: 'depths',
  }
  return { place, tampered, victim, tree }
}

type Scene = Awaited<ReturnType<typeof openScene>>

/** The victim comes back to the same tree, as the same player; the bystander noticed nothing. */
async function expectRecovery({ place, victim }: Scene, why: string): Promise<void> {
  await place.until(`it is in again: ${why}`, () => victim.client.state.kind === 'joined')
  await place.tick()
  await place.tick()
  expectConverged(place)
  expect([why, victim.client.state]).toEqual([
    why,
    expect.objectContaining({ kind: 'joined', status: 'resumed' }),
  ])
  expect(place.player('bystander').client.state).toMatchObject({ kind: 'joined', status: 'new' })
}

test('RP7 R2 after every malformed frame of the corpus a client recovers by a snapshot', async () => {
  const scene = await openScene()
  await using place = scene.place
  for (const [why, frame] of Object.entries({
    ...malformedDownFrames,
    ...malformedNewsFrames,
    ...malformedSegments,
  })) {
    scene.tampered.inject(frame)
    expect([why, scene.victim.client.state.kind]).toEqual([why, 'reconnecting'])
    await expectRecovery(scene, why)
    expect([why, place.takeLogged()]).toEqual([why, [expect.stringMatching(/cannot take/)]])
  }
})

test('RP6 R2 after every misfit of the corpus a client recovers by a snapshot', async () => {
  const scene = await openScene()
  await using place = scene.place
  for (const [why, misfit] of Object.entries(misfits)) {
    const { game } = scene.victim.client
    const operations = misfit(scene.tree)
    const segment = encodeSegment(garden, operations, () => scene.tree.classNumber)
    const before = game.snapshot
    scene.tampered.inject(
      encodePatches([
        { seq: before.seq + 1, tick: before.tick + 1, timeMs: before.timeMs, segments: [segment] },
      ]),
    )
    expect([why, game.snapshot === before]).toEqual([why, true])
    expect([why, scene.victim.client.state.kind]).toEqual([why, 'reconnecting'])
    await expectRecovery(scene, why)
    expect([why, place.takeLogged()]).toEqual([why, [expect.stringMatching(/cannot take/)]])
  }
})

test.each([1, 2, 3, 4])(
  'RP6 RP7 R2 a client withstands frames that were bent on their way, seed %i',
  async (seed) => {
    const scene = await openScene(seed)
    await using place = scene.place
    const random = createSeededRandom(seed)
    let bent = 0
    scene.tampered.tamper = (frame) => {
      if (random.next() > 0.05) return [frame]
      bent += 1
      return random.next() < 0.5 ? [bendFrame(frame, random)] : [frame, bendFrame(frame, random)]
    }
    await place.advance(200_000)
    expect(bent).toBeGreaterThan(20)
    scene.tampered.tamper = (frame) => [frame]
    // What was bent and still fits is not noticed; whoever asks for everything anew has it.
    const { client } = scene.victim
    if (client.state.kind === 'closed') client.connect()
    await place.until('it is in', () => client.state.kind === 'joined')
    scene.tampered.inject(new Uint8Array())
    expect(place.takeLogged()).toContainEqual(expect.stringMatching(/cannot take/))
    await place.until('it is in again', () => client.state.kind === 'joined')
    await place.advance(1_000)
    expectConverged(place)
    expect(place.takeLogged()).toEqual([])
    expect(place.player('bystander').client.state).toMatchObject({ kind: 'joined', status: 'new' })
  },
)
