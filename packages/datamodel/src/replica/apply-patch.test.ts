import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, indexOf, namesOf, operationsFor, Racer } from '../../fixtures/place.ts'
import { Folder, Model, Part } from '../classes/world.ts'
import { view } from '../tree/view.ts'
import { applyPatch } from './apply-patch.ts'
import { replicaView } from './replica-view.ts'

function setUp() {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana')
  const box = new Folder({ name: 'box', parent: place.workspace })
  const racer = new Racer({ name: 'racer', parent: box, lap: 1 })
  place.commit()
  replica.game.drain()
  return { ...place, place, player, replica, box, racer }
}

const at = { seq: 99, tick: 1, timeMs: 0 }

describe('applying a patch', () => {
  it('AP1 makes the replica equal to the view of its player', () => {
    const { place, workspace, box, racer, replica } = setUp()
    racer.lap = 5
    racer.parent = workspace
    racer.setAttribute('speed', 2)
    racer.addTag('fast')
    racer.rival = box
    box.name = 'crate'
    racer.update((draft) => {
      draft.bag.items.push('rope')
    })
    place.commit()
    const copy = replica.workspace.findFirstChild('racer', Racer)
    expect(copy).toMatchObject({ lap: 5, bag: { items: ['rope'] }, id: racer.id })
    expect(copy?.rival?.name).toBe('crate')
    expect(copy?.getAttribute('speed')).toBe(2)
    expect(copy?.hasTag('fast')).toBe(true)
    expect(replica.game.snapshot).toMatchObject({
      seq: place.game.snapshot.seq,
      tick: place.game.snapshot.tick,
    })
  })

  it('AP2 does not depend on the order of the operations', () => {
    const { game, workspace, player, box, racer } = setUp()
    const before = view(game.snapshot, player.id)
    const shelf = new Model({ name: 'shelf', parent: player.backpack })
    const wheel = new Part({ name: 'wheel' })
    const deep = new Folder({ name: 'deep', parent: wheel })
    shelf.primaryPart = wheel
    racer.parent = shelf
    racer.rival = deep
    wheel.parent = racer
    const twin = new Racer({ name: 'twin', parent: workspace, rival: racer })
    box.destroy()
    twin.lap = 3
    const patch = game.commit({ tick: 5 })
    const operations = operationsFor(patch, player.id)
    expect(operations.length).toBeGreaterThan(5)
    const after = view(game.snapshot, player.id)
    fc.assert(
      fc.property(fc.shuffledSubarray([...operations], { minLength: operations.length }), (shuffled) => {
        const { game: copy } = createTree('client')
        applyPatch(copy, { ...at, operations: before })
        applyPatch(copy, { ...patch, operations: shuffled })
        expect(replicaView(copy)).toEqual(after)
      }),
      { numRuns: 50 },
    )
  })

  it('AP2 swaps a parent and its child', () => {
    const { place, workspace, box, racer, replica } = setUp()
    racer.parent = workspace
    box.parent = racer
    place.commit()
    expect(namesOf(replica.workspace.getDescendants())).toEqual(['racer', 'box'])
  })

  it('AP3 takes a create of what is there as what it is now, and keeps the handle', () => {
    const { place, game, player, racer, replica } = setUp()
    const copy = replica.workspace.findFirstDescendant('racer', Racer)
    const create = view(game.snapshot, player.id).find(({ id }) => id === racer.id)
    if (create === undefined || copy === null) throw new Error('the racer is there')
    const { record } = copy
    applyPatch(replica.game, { ...at, operations: [create] })
    expect(copy.record).toBe(record)
    const other = {
      ...create,
      name: 'other',
      properties: [[indexOf('lap'), 9]] as const,
      attributes: { a: 1 },
    }
    applyPatch(replica.game, { ...at, operations: [other] })
    expect(copy).toMatchObject({ name: 'other', lap: 9, isDestroyed: false })
    expect(copy.getAttributes()).toEqual({ a: 1 })
    applyPatch(replica.game, { ...at, operations: [create] })
    expect(replicaView(replica.game)).toEqual(view(place.game.snapshot, player.id))
  })

  it('AP4 ignores a remove of what the same patch creates, and of what is not there', () => {
    const { game, player, racer, replica } = setUp()
    const copy = replica.game.getInstanceById(racer.id)
    const create = view(game.snapshot, player.id).find(({ id }) => id === racer.id)
    if (create === undefined) throw new Error('the racer is there')
    const remove = { kind: 'remove', id: racer.id } as const
    applyPatch(replica.game, { ...at, operations: [remove, create] })
    applyPatch(replica.game, { ...at, operations: [create, remove, { kind: 'remove', id: 4_000 }] })
    expect(replica.game.getInstanceById(racer.id)).toBe(copy)
    expect(copy?.isDestroyed).toBe(false)
  })

  it('AP5 returns the handles of all that it removed, which are destroyed', () => {
    const { game, player, box, racer, replica } = setUp()
    const copies = [box, racer].map(({ id }) => replica.game.getInstanceById(id))
    box.destroy()
    const patch = game.commit({ tick: 5 })
    const { removed } = applyPatch(replica.game, { ...patch, operations: operationsFor(patch, player.id) })
    expect([...removed]).toEqual([
      [box.id, copies[0]],
      [racer.id, copies[1]],
    ])
    expect(copies.map((copy) => copy?.isDestroyed)).toEqual([true, true])
    expect(copies[1]).toMatchObject({ name: 'racer', lap: 1, record: null })
    expect(replica.game.getInstanceById(racer.id)).toBeNull()
  })
})
