import { describe, expect, it } from 'vitest'
import { createTree, namesOf, operationsFor, Racer } from '../../fixtures/place.ts'
import { briefly, createPlaceOfTwo } from '../../fixtures/place-of-two.ts'
import { addPlayer } from '../classes/players.ts'
import { Folder, Part } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { string } from '../properties/strings.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import { everyone, nobody } from './domain.ts'
import { view } from './view.ts'

function setUp() {
  const place = createPlaceOfTwo()
  const gem = new Part({ name: 'gem', parent: place.coin })
  place.commit()
  return { ...place, place, gem, storage: place.game.getService('ServerStorage') }
}

const all = (instance: Instance) => namesOf(instance.getDescendants())

describe('what nobody sees', () => {
  it('VW3 is what the server-only containers hold: it makes no operations at all', () => {
    const { game, storage } = setUp()
    for (const service of [storage, game.getService('ServerScriptService')]) {
      const secret = new Racer({ name: 'secret', parent: service, lap: 1 })
      new Folder({ name: 'inner', parent: secret })
      expect(game.commit({ tick: 1 }).segments).toEqual(new Map())
      secret.lap = 2
      secret.name = 'other'
      secret.setAttribute('x', 1)
      secret.addTag('t')
      secret.update((draft) => {
        draft.bag.items.push('secret')
      })
      service.setAttribute('x', 1)
      expect(game.commit({ tick: 1 }).segments).toEqual(new Map())
      secret.destroy()
      expect(game.commit({ tick: 1 }).segments).toEqual(new Map())
    }
    expect(JSON.stringify(view(game.snapshot, null))).not.toMatch(/Server(Storage|ScriptService)/)
  })
})

describe('what one player sees', () => {
  it('VW4 is what their PlayerGui and Backpack hold, and nobody else sees it', () => {
    const { place, ana, bo, anas, bos } = setUp()
    const potion = new Racer({ name: 'potion', parent: ana.backpack, lap: 7 })
    new Folder({ name: 'label', parent: potion })
    const patch = place.commit()
    expect([...patch.segments.keys()]).toEqual([ana.id])
    expect(operationsFor(patch, bo.id)).toEqual([])
    const [own, other] = [anas, bos].map(({ game }) => game.getService('Players').findFirstChild('Ana'))
    expect(own && all(own)).toEqual(['PlayerGui', 'Backpack', 'potion', 'label'])
    expect(other && all(other)).toEqual([])
    potion.lap = 8
    expect([...place.commit().segments.keys()]).toEqual([ana.id])
    potion.destroy()
    expect([...place.commit().segments.keys()]).toEqual([ana.id])
  })

  it('VW4 is not what lies in the Player itself: that is public', () => {
    const { place, ana, bos } = setUp()
    new Folder({ name: 'leaderstats', parent: ana })
    expect([...place.commit().segments.keys()]).toEqual([everyone])
    expect(bos.game.getService('Players').findFirstDescendant('leaderstats')).not.toBeNull()
  })

  it('VW5 rules only narrow: outside of any player, or in a hidden place, nobody sees it', () => {
    const Purse = defineClass('Purse', { visibleTo: 'owner', properties: { note: string('') } })
    const Secret = defineClass('Secret', { visibleTo: 'nobody' })
    const { game, workspace } = createTree('server', { definition: defineTree({ classes: [Purse, Secret] }) })
    const player = addPlayer(game, { userId: 'u', name: 'Ana' })
    game.commit({ tick: 1 })
    const domainsNow = () => [...game.commit({ tick: 1 }).segments.keys()]
    const secret = new Secret({ parent: workspace })
    new Folder({ parent: secret })
    const purse = new Purse({ parent: workspace, note: 'mine' })
    new Folder({ parent: purse })
    expect(domainsNow()).toEqual([])
    purse.parent = player
    expect(domainsNow()).toEqual([player.id])
    purse.parent = secret
    expect(domainsNow()).toEqual([player.id])
    expect(domainsNow()).toEqual([])
  })
})

describe('a move between audiences', () => {
  it('VW6 from all to nobody is a departure, and back an arrival, of the whole subtree', () => {
    const { place, workspace, ana, anas, box, coin, gem, storage } = setUp()
    box.parent = storage
    expect(briefly(place.commit(), ana)).toEqual([`remove ${box.id}`])
    expect(all(anas.workspace)).toEqual([])
    coin.lap = 3
    expect(place.commit().segments).toEqual(new Map())
    box.parent = workspace
    const arrival = place.commit()
    expect(briefly(arrival, ana)).toEqual([`create ${box.id}`, `create ${coin.id}`, `create ${gem.id}`])
    expect(anas.workspace.findFirstDescendant('coin', Racer)?.lap).toBe(3)
  })

  it('VW6 from all to one is a move for that one, and a departure for the others', () => {
    const { place, ana, bo, anas, bos, box, coin, gem } = setUp()
    const handles = anas.workspace.getDescendants()
    const gone = bos.workspace.getDescendants()
    box.parent = ana.backpack
    const patch = place.commit()
    expect(new Set(patch.segments.keys())).toEqual(new Set([everyone, ana.id]))
    expect(briefly(patch, bo)).toEqual([`remove ${box.id}`])
    expect(handles.map(({ isDestroyed }) => isDestroyed)).toEqual([false, false, false])
    expect(handles[0]?.parent?.name).toBe('Backpack')
    expect(gone.map(({ isDestroyed }) => isDestroyed)).toEqual([true, true, true])
    expect([box, coin, gem].map(({ id }) => bos.game.getInstanceById(id))).toEqual([null, null, null])
  })

  it('VW6 from one to all, and from one to another', () => {
    const { place, workspace, ana, bo, anas, bos, box } = setUp()
    box.parent = ana.backpack
    place.commit()
    const handle = anas.game.getInstanceById(box.id)
    box.parent = bo.playerGui
    const patch = place.commit()
    expect(briefly(patch, ana)).toEqual([`remove ${box.id}`])
    expect(handle?.isDestroyed).toBe(true)
    const bosHandle = bos.game.getInstanceById(box.id)
    box.parent = workspace
    place.commit()
    expect(bosHandle?.parent).toBe(bos.workspace)
    expect(all(anas.workspace)).toEqual(['box', 'coin', 'gem'])
  })

  it('VW7 within one audience is a move', () => {
    const { place, ana, bo, box } = setUp()
    box.parent = ana.backpack
    place.commit()
    box.parent = ana.playerGui
    const patch = place.commit()
    expect(briefly(patch, ana)).toEqual([`move ${box.id}`])
    expect(briefly(patch, bo)).toEqual([])
  })

  it('VW7 of a parent and a child into different directions, in one commit', () => {
    const { place, workspace, ana, bo, anas, bos, box, coin, gem, storage } = setUp()
    const shelf = new Folder({ name: 'shelf', parent: workspace })
    place.commit()
    // The child stays in sight while its parent hides, then the other way round.
    coin.parent = shelf
    box.parent = storage
    place.commit()
    expect(all(anas.workspace)).toEqual(['shelf', 'coin', 'gem'])
    coin.parent = box
    box.parent = workspace
    place.commit()
    expect(all(bos.workspace)).toEqual(['shelf', 'box', 'coin', 'gem'])
    // Parent to one, child to another, grandchild nowhere.
    box.parent = ana.backpack
    coin.parent = bo.backpack
    gem.parent = null
    place.commit()
    expect(anas.game.getInstanceById(box.id)?.getChildren()).toEqual([])
    expect(bos.game.getInstanceById(coin.id)?.getChildren()).toEqual([])
    // The parent ends, the child comes back to all.
    coin.parent = workspace
    gem.parent = coin
    box.destroy()
    place.commit()
    expect(all(anas.workspace)).toEqual(['shelf', 'coin', 'gem'])
    coin.parent = shelf
    shelf.parent = ana.playerGui
    gem.parent = storage
    const patch = place.commit()
    expect(briefly(patch, bo).toSorted()).toEqual(
      [`remove ${gem.id}`, `remove ${shelf.id}`, `remove ${coin.id}`].sort(),
    )
  })

  it('VW8 of a Player takes along what only they saw', () => {
    const { place, game, ana, anas, bos, storage } = setUp()
    new Folder({ name: 'potion', parent: ana.backpack })
    place.commit()
    ana.parent = storage
    place.commit()
    expect(anas.game.getService('Players').findFirstChild('Ana')).toBeNull()
    expect(anas.game.getService('Players').localPlayer).toBeNull()
    ana.parent = game.getService('Players')
    place.commit()
    expect(anas.game.getService('Players').localPlayer?.backpack?.findFirstChild('potion')).not.toBeNull()
    expect(bos.game.getService('Players').findFirstDescendant('potion')).toBeNull()
    ana.destroy()
    place.commit()
    expect(anas.game.getService('Players').getPlayers()).toHaveLength(1)
  })

  it('VW8 of a Player into what belongs to another hides what only they saw from both', () => {
    const { place, ana, bo, anas, bos } = setUp()
    new Folder({ name: 'potion', parent: ana.backpack })
    place.commit()
    ana.parent = bo.backpack
    place.commit()
    expect(anas.game.getInstanceById(ana.id)).toBeNull()
    expect(all(bos.game.getService('Players'))).toContain('Ana')
    expect(all(bos.game.getService('Players'))).not.toContain('potion')
  })

  it('VW9 leaves nothing of nobody in any segment', () => {
    const { place, workspace, box, storage } = setUp()
    for (const parent of [storage, workspace, storage, null, storage]) {
      box.parent = parent
      box.name = `to ${parent?.name ?? 'null'}`
      const patch = place.commit()
      expect(patch.segments.has(nobody)).toBe(false)
      expect(JSON.stringify([...patch.segments])).not.toMatch(/to ServerStorage|to null/)
    }
  })
})
