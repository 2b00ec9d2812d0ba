import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, namesOf, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { Create } from '../tree/operation.ts'
import { view } from '../tree/view.ts'
import { applySnapshot } from './apply-snapshot.ts'
import { replicaView } from './replica-view.ts'

/** As a decoder would make it: nothing in it is an object that the replica holds. */
function travel(creates: readonly Create[]): readonly Create[] {
  return creates.map((create) => ({
    ...structuredClone({ ...create, properties: [] }),
    properties: travelAll(create),
  }))
}

function travelAll({ properties }: Create): Create['properties'] {
  return properties.map(([index, value]) => [index, structuredClone(value)])
}

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const box = new Folder({ name: 'box', parent: place.workspace })
  const racer = new Racer({
    name: 'racer',
    parent: box,
    rival: box,
    bag: { items: ['rope'], coins: { gold: 1, silver: 2 } },
  })
  racer.setAttribute('speed', 5)
  racer.addTag('fast')
  place.commit()
  replica.game.drain()
  const resync = (tree: 'same' | 'other' = 'same') =>
    applySnapshot(replica.game, {
      ...place.game.snapshot,
      operations: travel(view(place.game.snapshot, player.id)),
      tree,
    })
  return { ...place, place, player, replica, box, racer, resync }
}

describe('applying a snapshot', () => {
  it('AP10 of what is there already changes no record, and tells nobody', () => {
    const { replica, resync } = setUp()
    const before = replica.game.snapshot.records
    const heard: string[] = []
    for (const instance of replica.game.getDescendants()) {
      instance.changed.connect((property) => heard.push(`${instance.name} ${property}`))
      instance.observe(() => heard.push(`${instance.name} record`))
    }
    replica.game.observeStructure(() => heard.push('structure'))
    expect(resync().removed.size).toBe(0)
    replica.game.drain()
    expect(replica.game.snapshot.records).toBe(before)
    expect(heard).toEqual([])
  })

  it('AP10 changes the records that differ, removes what is missing, and keeps the handles', () => {
    const { game, workspace, player, replica, box, racer, resync } = setUp()
    const other = new Racer({ name: 'other', parent: workspace })
    game.commit({ tick: 1 })
    resync()
    const copies = [box, racer, other].map(({ id }) => replica.game.getInstanceById(id))
    const records = copies.map((copy) => copy?.record)
    racer.lap = 7
    racer.setAttribute('speed', null)
    other.destroy()
    const late = new Folder({ name: 'late', parent: racer })
    game.commit({ tick: 2 })
    racer.rival = late
    game.commit({ tick: 3 })
    const { removed } = resync()
    expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
    expect([box, racer].map(({ id }) => replica.game.getInstanceById(id))).toEqual(copies.slice(0, 2))
    expect(copies[0]?.record).toBe(records[0])
    expect(copies[1]?.record).not.toBe(records[1])
    expect([...removed]).toEqual([[other.id, copies[2]]])
    expect(copies[2]?.isDestroyed).toBe(true)
  })

  it('AP10 moves what moved, also when parents and children have swapped', () => {
    const { game, workspace, player, replica, box, racer, resync } = setUp()
    racer.parent = workspace
    box.parent = racer
    game.commit({ tick: 1 })
    resync()
    expect(namesOf(replica.workspace.getDescendants())).toEqual(['racer', 'box'])
    expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
  })

  it('AP11 of another run replaces all handles but those of the services', () => {
    const { replica, box, racer, resync, game, player } = setUp()
    const { workspace } = replica
    const old = [box, racer].map(({ id }) => replica.game.getInstanceById(id))
    const { removed } = resync('other')
    const made = [box, racer].map(({ id }) => replica.game.getInstanceById(id))
    expect(old.map((copy) => copy?.isDestroyed)).toEqual([true, true])
    expect(made.map((copy) => copy?.isDestroyed)).toEqual([false, false])
    expect(removed.get(racer.id)).toBe(old[1])
    expect(replica.game.getService('Workspace')).toBe(workspace)
    expect(made[0]?.parent).toBe(workspace)
    expect(made[0]?.record).toBe(replica.game.snapshot.records.get(box.id))
    expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
  })

  it('AP11 of another run may use the same ids for other classes', () => {
    const { replica, racer } = setUp()
    const other = createTree('server')
    for (let made = 0; made < 20; made += 1) new Folder({ name: `f${made}`, parent: other.workspace })
    other.game.commit({ tick: 1 })
    const { snapshot } = other.game
    applySnapshot(replica.game, { ...snapshot, operations: travel(view(snapshot, null)), tree: 'other' })
    expect(replicaView(replica.game)).toEqual(view(snapshot, null))
    expect(replica.game.getInstanceById(racer.id)?.className).toBe('Folder')
  })

  it('AP6 that does not fit throws and changes nothing', () => {
    const { game, player, replica, racer } = setUp()
    const { snapshot } = game
    const creates = view(snapshot, player.id)
    const broken = creates.map((create) => (create.id === racer.id ? { ...create, parent: 999 } : create))
    for (const tree of ['same', 'other'] as const) {
      expect(() => applySnapshot(replica.game, { ...snapshot, operations: broken, tree })).toThrow(
        expect.objectContaining({ code: 'notFound' }),
      )
      expect(replicaView(replica.game)).toEqual(creates)
    }
  })
})
