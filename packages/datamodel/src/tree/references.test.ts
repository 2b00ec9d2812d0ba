import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, indexOf, operationsFor, Racer } from '../../fixtures/place.ts'
import { ObjectValue } from '../classes/value-objects.ts'
import { Folder } from '../classes/world.ts'
import { nodeOf } from '../instance/node.ts'

const rival = indexOf('rival')

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const racer = new Racer({ name: 'racer', parent: place.workspace })
  const target = new Folder({ name: 'target', parent: place.workspace })
  place.commit()
  const copy = () => replica.workspace.findFirstChild('racer', Racer)
  return {
    ...place,
    player,
    racer,
    target,
    copy,
    storage: place.game.getService('ServerStorage'),
    set: (id: number | null) => ({ kind: 'set', id: racer.id, properties: [[rival, id]] }),
    commit: () => operationsFor(place.commit(), null),
  }
}

describe('references', () => {
  it('CM13 travel as ids, and arrive as the handles of the replica', () => {
    const { racer, target, set, commit, copy } = setUp()
    racer.rival = target
    expect(commit()).toEqual([set(target.id)])
    expect(copy()?.rival?.name).toBe('target')
    racer.rival = null
    expect(commit()).toEqual([set(null)])
    expect(copy()?.rival).toBeNull()
  })

  it('CM13 to what is created in the same commit arrive, whichever is created first', () => {
    const { workspace, racer, commit, copy } = setUp()
    const early = new ObjectValue({ name: 'early', parent: workspace })
    racer.rival = early
    early.value = new Folder({ name: 'late', parent: workspace })
    commit()
    expect(copy()?.rival?.isA(ObjectValue)).toBe(true)
    expect(copy()?.parent?.findFirstChild('early', ObjectValue)?.value?.name).toBe('late')
  })

  it('CM13 to what is detached or hidden tell nothing', () => {
    const { racer, storage, commit, copy } = setUp()
    racer.rival = new Folder()
    expect(commit()).toEqual([])
    racer.rival = new Folder({ parent: storage })
    expect(commit()).toEqual([])
    expect(copy()?.rival).toBeNull()
    expect(racer.record?.properties.rival).toBe(racer.rival)
  })

  it('CM14 are told anew when their target leaves, hides, shows itself or comes back', () => {
    const { workspace, racer, target, storage, set, commit, copy } = setUp()
    racer.rival = target
    commit()
    const { record } = racer
    target.parent = storage
    expect(commit()).toContainEqual(set(null))
    expect(copy()?.rival).toBeNull()
    target.parent = workspace
    expect(commit()).toContainEqual(set(target.id))
    expect(copy()?.rival?.name).toBe('target')
    target.parent = null
    expect(commit()).toContainEqual(set(null))
    target.parent = workspace
    expect(commit()).toContainEqual(set(target.id))
    target.destroy()
    expect(commit()).toContainEqual(set(null))
    expect(racer.rival).toBe(target)
    expect(racer.record).toBe(record)
  })

  it('CM14 are told anew when an ancestor of their target moves', () => {
    const { workspace, racer, target, storage, set, commit } = setUp()
    const box = new Folder({ parent: workspace })
    target.parent = box
    racer.rival = target
    commit()
    box.parent = storage
    expect(commit()).toContainEqual(set(null))
    box.parent = workspace
    expect(commit()).toContainEqual(set(target.id))
  })

  it('CM14 are not told when what their audience sees stays the same', () => {
    const { workspace, racer, target, storage, commit } = setUp()
    racer.rival = target
    commit()
    target.parent = storage
    target.parent = workspace
    expect(commit()).toEqual([expect.objectContaining({ kind: 'move', id: target.id })])
    racer.rival = null
    commit()
    const hidden = [new Folder({ parent: storage }), new Folder({ parent: storage }), new Folder()]
    for (const target of hidden) {
      racer.rival = target
      expect(commit()).toEqual([])
    }
    hidden[2]?.destroy()
    expect(commit()).toEqual([])
  })

  it('CM14 follow the audience of each end: public ends never name private ones', () => {
    const { player, racer, target, set, commit, copy } = setUp()
    racer.rival = target
    commit()
    target.parent = player.backpack
    expect(commit()).toContainEqual(set(null))
    expect(copy()?.rival).toBeNull()
    racer.parent = player.backpack
    commit()
    const mine = new ObjectValue({ parent: player.playerGui, value: target })
    commit()
    expect(mine.value).toBe(target)
  })

  it('CM15 lead into no other DataModel', () => {
    const { racer, workspace } = setUp()
    const elsewhere = createTree().workspace
    const otherDataModel = expect.objectContaining({ code: 'otherDataModel' })
    expect(() => {
      racer.rival = elsewhere
    }).toThrow(
      'cannot set Racer.rival of "racer" to "Workspace": they belong to different DataModels. Refer to an instance of its own place.',
    )
    const loose = new Racer({ rival: elsewhere })
    expect(() => {
      loose.parent = workspace
    }).toThrow(
      'cannot parent "Racer": it refers to "Workspace" of another DataModel. Clear the reference first.',
    )
    const target = new Folder()
    racer.rival = target
    expect(() => {
      target.parent = elsewhere
    }).toThrow(otherDataModel)
    expect([racer.rival, loose.parent, target.parent]).toEqual([target, null, null])
  })

  it('CM15 keep nothing alive that has left the tree', () => {
    const { workspace, target } = setUp()
    for (let round = 0; round < 10; round += 1) {
      const bullet = new Racer({ parent: workspace, rival: target })
      bullet.rival = null
      bullet.rival = target
      bullet.destroy()
      new Racer({ rival: target })
    }
    expect(nodeOf(target).referrers).toBeNull()
  })
})
