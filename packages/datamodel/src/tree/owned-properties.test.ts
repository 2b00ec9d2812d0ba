import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree } from '../../fixtures/place.ts'
import { createAudiences } from '../audiences/audiences.ts'
import { addPlayer } from '../classes/players.ts'
import { Folder } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import { nested } from '../properties/nested.ts'
import { float, int } from '../properties/numbers.ts'
import { reference } from '../properties/reference.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import { operationsFor } from './patch-shares.ts'
import { view } from './view.ts'

const Hand = defineClass('Hand', {
  properties: {
    count: int(0),
    cards: nested<{ held: string[] }>({ held: [] }, { visibleTo: 'owner' }),
    score: float(3, { visibleTo: 'owner', precision: 0.5 }),
    target: reference<Instance>({ visibleTo: 'owner' }),
    seed: int(0, { visibleTo: 'server' }),
  },
})
const definition = defineTree({ classes: [Hand] })

function setUp() {
  const place = createTestPlace({ definition })
  const [ana, bo] = [place.join('Ana', { definition }), place.join('Bo', { definition })]
  const hand = new Hand({ name: 'hand', parent: place.workspace, owner: ana.player, count: 2 })
  hand.cards = { held: ['ace'] }
  hand.seed = 9
  const handOf = ({ workspace }: { workspace: Instance }) => workspace.findFirstChild('hand', Hand)
  place.commit()
  return {
    ...place,
    hand,
    ana: ana.player,
    bo: bo.player,
    anas: () => handOf(ana.replica),
    bos: () => handOf(bo.replica),
  }
}

describe('a property of the owner', () => {
  it('VW18 reaches the owner alone, and one of the server nobody', () => {
    const { commit, hand, ana, bo, anas, bos } = setUp()
    expect([anas()?.cards, anas()?.count, anas()?.seed]).toEqual([{ held: ['ace'] }, 2, 0])
    expect([bos()?.cards, bos()?.count]).toEqual([{ held: [] }, 2])
    hand.score = 5.2
    hand.seed = 10
    hand.update((draft) => {
      draft.cards.held.push('king')
    })
    const patch = commit()
    expect(operationsFor(patch, bo.id)).toEqual([])
    expect(operationsFor(patch, ana.id).map(({ kind }) => kind)).toEqual(['set', 'edit'])
    expect([anas()?.cards.held, anas()?.score, bos()?.score]).toEqual([['ace', 'king'], 5, 3])
  })

  it('VW18 is in no view of an owner who has left: that is a stranger', () => {
    const { game, hand, ana } = setUp()
    const told = () => view(game.snapshot, ana.id).find(({ id }) => id === hand.id)?.properties.length
    expect(told()).toBe(2)
    ana.destroy()
    game.commit({ tick: 9 })
    expect(told()).toBe(1)
    expect(view(game.snapshot, ana.id)).toEqual(view(game.snapshot, null))
  })

  it('VW18 goes from an old owner to the new one; for others nothing happens', () => {
    const { commit, hand, ana, bo, anas, bos, join } = setUp()
    const record = anas()?.record
    hand.owner = bo
    const patch = commit()
    expect(operationsFor(patch, ana.id).map(({ kind }) => kind)).toEqual(['set'])
    expect([anas()?.cards.held, bos()?.cards.held]).toEqual([[], ['ace']])
    expect(anas()?.record).not.toBe(record)
    const { player, replica } = join('Cy', { definition })
    hand.owner = null
    expect(operationsFor(commit(), player.id)).toEqual([])
    expect(
      [anas(), bos(), replica.workspace.findFirstChild('hand', Hand)].map((seen) => seen?.cards.held),
    ).toEqual([[], [], []])
  })

  it('VW18 comes and goes with the instance, whatever else changes in the commit', () => {
    const { commit, game, workspace, hand, ana, bo, anas, bos } = setUp()
    const north = createAudiences(game).create('north')
    const box = new Folder({ name: 'box', parent: workspace })
    hand.visibleTo = north
    commit()
    expect([anas(), bos()]).toEqual([null, null])
    north.add(ana)
    north.add(bo)
    commit()
    expect([anas()?.cards.held, bos()?.cards.held]).toEqual([['ace'], []])
    hand.owner = bo
    hand.visibleTo = 'everyone'
    north.remove(ana)
    commit()
    expect([anas()?.cards.held, bos()?.cards.held]).toEqual([[], ['ace']])
    hand.parent = box
    hand.cards = { held: [] }
    hand.visibleTo = bo
    commit()
    expect(bos()).toBeNull()
    expect(anas()).toBeNull()
  })

  it('VW18 is also the owner’s in what the owner alone sees', () => {
    const { commit, hand, ana, bo, anas } = setUp()
    hand.visibleTo = ana
    const patch = commit()
    expect(anas()?.cards.held).toEqual(['ace'])
    expect(new Set(patch.segments.keys())).toEqual(new Set([0, ana.id]))
    hand.owner = bo
    commit()
    expect(anas()?.cards.held).toEqual([])
  })

  it('VW18 refers to what the owner sees and others do not', () => {
    const { commit, hand, ana, anas, bos } = setUp()
    const letter = new Folder({ name: 'letter', parent: ana.backpack })
    hand.target = letter
    commit()
    expect([anas()?.target?.name, bos()?.target]).toEqual(['letter', null])
    letter.visibleTo = 'nobody'
    commit()
    expect(anas()?.target).toBeNull()
    letter.visibleTo = 'everyone'
    commit()
    expect(anas()?.target?.name).toBe('letter')
  })
})

describe('the owner', () => {
  it('VW23 is the instance’s own, or the nearest Player or owner above it', () => {
    const { commit, workspace, hand, ana, bo, anas } = setUp()
    const box = new Folder({ name: 'box', parent: workspace, owner: bo })
    hand.owner = null
    hand.parent = ana
    commit()
    const copy = () => anas() ?? hand
    expect(copy()).toBe(hand)
    hand.parent = box
    commit()
    hand.parent = workspace
    hand.owner = ana
    commit()
    expect(anas()?.cards.held).toEqual(['ace'])
    expect([hand.owner, box.owner, hand.clone().owner]).toEqual([ana, bo, ana])
  })

  it('VW23 is a Player of the same place who has not left', () => {
    const { hand, bo, replicas, commit, workspace } = setUp()
    const other = addPlayer(createTree('server').game, { userId: 'x', name: 'X' })
    const failing = (owner: unknown) => expect(() => Reflect.set(hand, 'owner', owner))
    failing(workspace).toThrow('cannot set owner of "hand": expected a Player or null, got')
    failing(other).toThrow(expect.objectContaining({ code: 'otherDataModel' }))
    ;(replicas as Map<unknown, unknown>).delete(bo)
    bo.destroy()
    commit()
    failing(bo).toThrow(expect.objectContaining({ code: 'destroyed' }))
  })

  it('VW19 that is missing is told in development, once for a class', () => {
    const { game, workspace, warnings } = createTree('server', { definition, isDevelopment: true })
    new Hand({ name: 'first', parent: workspace })
    game.commit({ tick: 1 })
    expect(warnings).toEqual([])
    for (const name of ['second', 'third']) new Hand({ name, parent: workspace, score: 1 })
    game.commit({ tick: 2 })
    expect(warnings).toEqual([
      '"Workspace.second" (Hand) has no owner, so nobody sees its score. Set its owner, or put it into a Player.',
    ])
  })

  it('VW18 a property that is visible to nothing known is refused', () => {
    expect(() => int(0, { visibleTo: 'friends' as never })).toThrow(
      expect.objectContaining({ code: 'invalidDefinition' }),
    )
  })
})
