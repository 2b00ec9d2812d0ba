import { describe, expect, it } from 'vitest'
import { createTree, namesOf, Racer } from '../../fixtures/place.ts'
import { briefly, createPlaceOfTwo } from '../../fixtures/place-of-two.ts'
import { createAudiences } from '../audiences/audiences.ts'
import type { Player } from '../classes/player.ts'
import { addPlayer } from '../classes/players.ts'
import { Folder, Team } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { createPatchShares } from './patch-shares.ts'
import { treeOf } from './tree.ts'
import { view } from './view.ts'
import { isVisibleAt, isVisibleNow } from './visibility.ts'

function setUp() {
  const place = createPlaceOfTwo()
  return { ...place, audiences: createAudiences(place.game) }
}

const names = ({ workspace }: { workspace: Instance }) => namesOf(workspace.getDescendants())
describe('visibleTo', () => {
  it('VW11 leaves one player, or nobody, of those who see the parent, with all that is below', () => {
    const { commit, ana, anas, bos, box, coin } = setUp()
    const handle = anas.workspace.findFirstDescendant('coin')
    box.visibleTo = ana
    commit()
    expect([names(anas), names(bos)]).toEqual([['box', 'coin'], []])
    expect(anas.workspace.findFirstDescendant('coin')).toBe(handle)
    box.visibleTo = 'nobody'
    const patch = commit()
    expect([names(anas), names(bos)]).toEqual([[], []])
    expect([...patch.segments.keys()]).toEqual([ana.id])
    coin.lap = 8
    expect(commit().segments).toEqual(new Map())
    box.visibleTo = 'everyone'
    expect(commit().segments.size).toBe(1)
    expect(bos.workspace.findFirstDescendant('coin', Racer)?.lap).toBe(8)
  })

  it('VW11 is a team: the players whose team it is, as long as it is in the tree', () => {
    const { game, commit, ana, bo, anas, bos, box } = setUp()
    const red = new Team({ name: 'red', parent: game.getService('Teams') })
    box.visibleTo = red
    commit()
    expect([names(anas), names(bos)]).toEqual([[], []])
    ana.team = red
    commit()
    expect([names(anas), names(bos)]).toEqual([['box', 'coin'], []])
    bo.team = red
    ana.team = null
    commit()
    expect([names(anas), names(bos)]).toEqual([[], ['box', 'coin']])
    red.parent = null
    commit()
    expect(names(bos)).toEqual([])
    red.parent = game.getService('Teams')
    commit()
    expect(names(bos)).toEqual(['box', 'coin'])
    red.destroy()
    commit()
    expect(names(bos)).toEqual([])
  })

  it('VW12 holds with all rules above it: what is visible to two players at once is nobody’s', () => {
    const { commit, ana, bo, anas, bos, box, coin, audiences } = setUp()
    box.visibleTo = ana
    coin.visibleTo = bo
    commit()
    expect([names(anas), names(bos)]).toEqual([['box'], []])
    coin.visibleTo = 'everyone'
    const north = audiences.create('north')
    box.visibleTo = north
    north.add(ana)
    north.add(bo)
    coin.visibleTo = bo
    commit()
    expect([names(anas), names(bos)]).toEqual([['box'], ['box', 'coin']])
    north.remove(bo)
    commit()
    expect([names(anas), names(bos)]).toEqual([['box'], []])
  })

  it('VW12 a thing in a thing that comes into sight comes with it, unless it hides itself', () => {
    const { commit, bos, bo, ana, box, coin, audiences } = setUp()
    const [outer, inner] = [audiences.create('outer'), audiences.create('inner')]
    box.visibleTo = outer
    coin.visibleTo = inner
    const gem = new Folder({ name: 'gem', parent: coin })
    gem.visibleTo = ana
    commit()
    inner.add(bo)
    expect(briefly(commit(), bo)).toEqual([])
    outer.add(bo)
    expect(briefly(commit(), bo)).toEqual([`create ${box.id}`, `create ${coin.id}`])
    inner.remove(bo)
    expect(briefly(commit(), bo)).toEqual([`remove ${coin.id}`])
    inner.add(bo)
    outer.remove(bo)
    expect(briefly(commit(), bo)).toEqual([`remove ${box.id}`])
    expect(names(bos)).toEqual([])
  })

  it('VW14 changes together with audiences, parents and other rules, in one commit', () => {
    const { commit, workspace, ana, bo, anas, bos, box, coin, audiences } = setUp()
    const north = audiences.create('north')
    const shelf = new Folder({ name: 'shelf', parent: workspace, visibleTo: north })
    north.add(ana)
    commit()
    // Into what Ana sees, in the commit in which she ceases to see it and Bo begins to.
    coin.parent = shelf
    north.remove(ana)
    north.add(bo)
    const patch = commit()
    expect([names(anas), names(bos)]).toEqual([['box'], ['box', 'shelf', 'coin']])
    expect(briefly(patch, ana)).toEqual([`remove ${coin.id}`, `remove ${shelf.id}`])
    // Out of it, likewise: the coin stays with Bo, who loses the shelf.
    const handle = bos.workspace.findFirstDescendant('coin')
    coin.parent = box
    north.remove(bo)
    commit()
    expect([names(anas), names(bos)]).toEqual([
      ['box', 'coin'],
      ['box', 'coin'],
    ])
    expect(bos.workspace.findFirstDescendant('coin')).toBe(handle)
    // The rule goes, what lay below takes one of its own.
    north.add(ana)
    coin.parent = shelf
    commit()
    shelf.visibleTo = 'everyone'
    coin.visibleTo = north
    north.remove(ana)
    commit()
    expect([names(anas), names(bos)]).toEqual([
      ['box', 'shelf'],
      ['box', 'shelf'],
    ])
  })

  it('VW14 tells who comes into an audience nothing of what leaves it in that commit, not even an id', () => {
    const { commit, ana, bo, box, audiences } = setUp()
    const north = audiences.create('north')
    box.visibleTo = north
    north.add(ana)
    commit()
    box.visibleTo = 'nobody'
    north.add(bo)
    const patch = commit()
    expect([briefly(patch, ana), briefly(patch, bo)]).toEqual([[`remove ${box.id}`], []])
  })

  it('VW26 tells whether it hides from all what lives on, wherever that goes', () => {
    const { commit, game, workspace, ana, box, coin } = setUp()
    const hides = () => commit().hidFromAll
    commit()
    box.name = 'crate'
    expect(hides()).toBe(false)
    // The removal of the box takes it along: the patch tells of nothing else.
    coin.parent = game.getService('ServerStorage')
    box.destroy()
    expect(hides()).toBe(true)
    coin.parent = workspace
    expect(hides()).toBe(false)
    coin.parent = null
    expect(hides()).toBe(true)
    coin.parent = workspace
    expect(hides()).toBe(false)
    coin.visibleTo = ana
    expect(hides()).toBe(true)
    coin.visibleTo = 'nobody'
    expect(hides()).toBe(false)
    coin.visibleTo = 'everyone'
    expect(hides()).toBe(false)
    coin.destroy()
    expect(hides()).toBe(false)
  })

  it('VW11 refuses what cannot be meant', () => {
    const { game, ana, box, anas, audiences } = setUp()
    const failing = (visibleTo: unknown, of: Instance = box) =>
      expect(() => Reflect.set(of, 'visibleTo', visibleTo))
    failing('somebody').toThrow(
      'cannot set visibleTo of "box": expected \'everyone\', \'nobody\', a Player, a Team or an audience, got "somebody". Assign one of these.',
    )
    failing(box).toThrow(expect.objectContaining({ code: 'invalidValue' }))
    failing(new Team({ name: 'red' })).toThrow('"red" has never been in the tree. Parent it first.')
    failing(ana, game.getService('Workspace')).toThrow(expect.objectContaining({ code: 'invalidValue' }))
    const gone = audiences.create('gone')
    gone.destroy()
    failing(gone).toThrow(expect.objectContaining({ code: 'destroyed' }))
    const other = createTree('server')
    const stranger = addPlayer(other.game, { userId: 'x', name: 'X' })
    failing(stranger).toThrow(expect.objectContaining({ code: 'otherDataModel' }))
    failing(createAudiences(other.game).create('there')).toThrow(
      expect.objectContaining({ code: 'otherDataModel' }),
    )
    const copy = anas.workspace.findFirstChild('box')
    if (copy === null) throw new Error('the box is there')
    failing('nobody', copy).toThrow(expect.objectContaining({ code: 'wrongSide' }))
    const detached = new Folder({ name: 'detached', visibleTo: stranger })
    expect(() => {
      detached.parent = box
    }).toThrow(expect.objectContaining({ code: 'otherDataModel' }))
    expect([box.visibleTo, detached.parent]).toEqual(['everyone', null])
  })

  it('VW17 of a player who is gone leaves nobody, and costs nothing', () => {
    const { commit, game, ana, box, bos, replicas } = setUp()
    box.visibleTo = ana
    commit()
    ;(replicas as Map<Player, unknown>).delete(ana)
    ana.destroy()
    commit()
    expect(box.visibleTo).toBe(ana)
    expect(names(bos)).toEqual([])
    expect(isVisibleNow(box, ana.id)).toBe(false)
    expect(isVisibleAt(game.snapshot, box, ana.id)).toBe(false)
  })

  it('VW20 is part of the record: old snapshots keep the view that they gave, and clones the rule', () => {
    const { game, commit, ana, bo, box, audiences } = setUp()
    const north = audiences.create('north')
    box.visibleTo = north
    north.add(ana)
    commit()
    const { snapshot } = game
    const before = [ana.id, bo.id, null].map((id) => view(snapshot, id))
    const record = box.record
    north.add(bo)
    commit()
    expect(box.record).toBe(record)
    box.visibleTo = 'everyone'
    ana.team = new Team({ parent: game.getService('Teams') })
    north.destroy()
    commit()
    expect([ana.id, bo.id, null].map((id) => view(snapshot, id))).toEqual(before)
    box.visibleTo = bo
    expect(box.clone().visibleTo).toBe(bo)
    expect(box.clone().owner).toBeNull()
  })

  it('VW21 asks a patch for a player by look-ups, and gives the same parts to all who see the same', () => {
    const { game, ana, bo, box, audiences } = setUp()
    const cells = Array.from({ length: 20 }, (_, index) => audiences.create(`cell ${index}`))
    for (const [index, cell] of cells.entries()) {
      new Folder({ name: `in ${index}`, parent: box, visibleTo: cell })
      cell.add(ana)
      if (index % 2 === 0) cell.add(bo)
    }
    game.commit({ tick: 1 })
    for (const child of box.getChildren()) child.setAttribute('x', 1)
    const shareOf = createPatchShares(game.commit({ tick: 2 }))
    expect(shareOf(ana.id).segments).toHaveLength(21)
    expect(shareOf(bo.id).segments).toHaveLength(11)
    expect(shareOf(null).segments).toHaveLength(1)
    expect(shareOf(999)).toEqual(shareOf(null))
  })

  it('VW22 forgets the numbers of domains that name who is gone', () => {
    const { game, workspace, audiences } = setUp()
    const { domains } = treeOf(game)
    const north = audiences.create('north')
    const box = new Folder({ parent: workspace, visibleTo: north })
    for (let round = 0; round < 3_000; round += 1) {
      const player = addPlayer(game, { userId: `u${round}`, name: 'guest' })
      north.add(player)
      const thing = new Folder({ parent: box, visibleTo: player })
      game.commit({ tick: 1 })
      thing.destroy()
      player.destroy()
      game.commit({ tick: 1 })
    }
    expect(domains.size).toBeLessThan(600)
    expect(north.players).toEqual([])
    expect(game.snapshot.audiences.size).toBe(2)
  })
})
