import { addPlayer, Vector3 } from '@banyan/datamodel'
import { describe, expect, it } from 'vitest'
import { createGarden, Plant } from '../../fixtures/garden-game.ts'
import { createCast } from './cast.ts'
import type { CreateStep, Rule, TreeStep } from './tree-step.ts'

const fern: CreateStep = {
  kind: 'create',
  thing: 'Plant1',
  className: 'Plant',
  parent: { service: 'Workspace' },
}

function createStage() {
  const { game } = createGarden()
  const cast = createCast(game)
  const play = (...steps: readonly TreeStep[]): readonly boolean[] => steps.map((step) => cast.apply(step))
  const plant = () => {
    const found = cast.find('Plant1')
    if (found?.isA(Plant) === true) return found
    throw new Error('the plant lives')
  }
  return { cast, game, plant, play }
}

describe('a cast', () => {
  it('AB1 makes a thing with everything that the step says', () => {
    const { game, plant, play } = createStage()
    play({
      ...fern,
      name: 'Fern',
      properties: { leaves: 3, wind: { vector3: [1, 2, 3] }, host: { service: 'Workspace' } },
      attributes: { tint: { color3: [1, 0, 0] } },
      tags: ['green'],
    })
    expect(plant()).toMatchObject({ name: 'Fern', leaves: 3, parent: game.getService('Workspace') })
    expect(plant().wind.equals(new Vector3(1, 2, 3))).toBe(true)
    expect(plant().host).toBe(game.getService('Workspace'))
    expect(plant().getAttributes()).toHaveProperty('tint')
    expect(plant().getTags()).toEqual(['green'])
  })

  it('AB1 changes, moves and ends it', () => {
    const { cast, game, plant, play } = createStage()
    play(
      fern,
      { kind: 'rename', thing: 'Plant1', name: 'Oak' },
      { kind: 'set', thing: 'Plant1', property: 'pose', value: { cframe: [1, 2, 3] } },
      { kind: 'update', thing: 'Plant1', property: 'roots', edit: { at: ['depths'], push: 7 } },
      { kind: 'update', thing: 'Plant1', property: 'roots', edit: { at: ['soil', 'note'], set: 'dry' } },
      { kind: 'update', thing: 'Plant1', property: 'roots', edit: { at: ['depths'], remove: 0 } },
      { kind: 'attribute', thing: 'Plant1', name: 'age', value: 9 },
      { kind: 'tag', thing: 'Plant1', tag: 'old' },
      { kind: 'move', thing: 'Plant1', to: { service: 'ServerStorage' } },
    )
    expect(plant()).toMatchObject({ name: 'Oak', parent: game.getService('ServerStorage') })
    expect(plant().pose.position.equals(new Vector3(1, 2, 3))).toBe(true)
    expect(plant().roots).toEqual({ depths: [7], soil: { wet: true, note: 'dry' }, tags: {} })
    expect(plant().getAttribute('age')).toBe(9)
    expect(play({ kind: 'destroy', thing: 'Plant1' }, fern)).toEqual([true, true])
    expect(cast.labels).toEqual(['Plant1'])
  })

  it('AB2 does nothing for a thing that does not live, or a place that is not there', () => {
    const { play } = createStage()
    expect(
      play(
        { kind: 'rename', thing: 'Plant1', name: 'Oak' },
        { ...fern, parent: { player: 'nobody', within: 'Backpack' } },
        { ...fern, parent: { thing: 'Plant2' } },
        { kind: 'update', thing: 'Plant1', property: 'roots', edit: { at: ['a', 'b'], set: 1 } },
      ),
    ).toEqual([false, false, false, false])
    expect(play(fern, fern)).toEqual([true, false])
  })

  it('AB2 does nothing where a thing would lie inside itself', () => {
    const { play } = createStage()
    play(fern, { ...fern, thing: 'Plant2', parent: { thing: 'Plant1' } })
    expect(play({ kind: 'move', thing: 'Plant1', to: { thing: 'Plant2' } })).toEqual([false])
    expect(play({ kind: 'move', thing: 'Plant1', to: { thing: 'Plant1' } })).toEqual([false])
  })

  it('AB1 says who sees it, whose it is, and who is in what', () => {
    const { cast, game, plant, play } = createStage()
    const ana = addPlayer(game, { userId: 'a', name: 'ana' })
    game.commit({ tick: 1 })
    const red: TreeStep = { kind: 'create', thing: 'Team1', className: 'Team', parent: { service: 'Teams' } }
    expect(
      play(
        fern,
        red,
        { kind: 'visibleTo', thing: 'Plant1', rule: { audience: 'north' } },
        { kind: 'owner', thing: 'Plant1', player: 'ana' },
        { kind: 'admit', audience: 'north', player: 'ana' },
        { kind: 'team', player: 'ana', team: 'Team1' },
      ),
    ).toEqual(Array(6).fill(true))
    expect([plant().owner, ana.team]).toEqual([ana, cast.find('Team1')])
    const { visibleTo } = plant()
    expect(visibleTo).toMatchObject({ name: 'north', players: [ana] })
    expect(
      play({ kind: 'expel', audience: 'north', player: 'ana' }, { kind: 'disband', audience: 'north' }),
    ).toEqual([true, true])
    expect(visibleTo).toMatchObject({ isDestroyed: true })
    const half = (ana.id + game.getService('Workspace').getChildren().length) % 2 === 0 ? 'even' : 'odd'
    play({ kind: 'visibleTo', thing: 'Plant1', rule: { half } })
    game.commit({ tick: 1 })
    expect(plant().visibleTo).toMatchObject({ name: `${half} half`, players: [ana] })
    play({ ...fern, thing: 'Plant2' })
    game.commit({ tick: 1 })
    expect(plant().visibleTo).toMatchObject({ players: [] })
    for (const rule of ['nobody', { player: 'ana' }, { team: 'Team1' }] as const) {
      play({ kind: 'visibleTo', thing: 'Plant1', rule })
    }
    expect(plant().visibleTo).toBe(ana.team)
  })

  it('AB1 makes a thing with a rule, which is for everyone where it names who is not there', () => {
    const { plant, play } = createStage()
    play({ ...fern, visibleTo: 'nobody' })
    expect(plant().visibleTo).toBe('nobody')
    play({ kind: 'destroy', thing: 'Plant1' }, { ...fern, visibleTo: { player: 'bo' } })
    expect(plant().visibleTo).toBe('everyone')
  })

  it('AB2 does nothing for who is not there', () => {
    const { play } = createStage()
    play(fern)
    expect(
      play(
        { kind: 'visibleTo', thing: 'Plant1', rule: { player: 'bo' } },
        { kind: 'visibleTo', thing: 'Plant1', rule: { team: 'Team1' } },
        { kind: 'owner', thing: 'Plant1', player: 'bo' },
        { kind: 'admit', audience: 'north', player: 'bo' },
        { kind: 'team', player: 'bo', team: null },
      ),
    ).toEqual(Array(5).fill(false))
  })

  it('AB3 of a class that the definition lacks throws, naming it', () => {
    const { play } = createStage()
    expect(() => play({ ...fern, className: 'Rock' })).toThrow(
      'cannot create a "Rock": the definition has no class of that name. Put it into defineGame, or make the steps from this definition.',
    )
  })

  it('AB22 refuses what is no step, and what its class or the tree does not have', () => {
    const { play } = createStage()
    const paint = { kind: 'paint', thing: 'Plant1' } as unknown as TreeStep
    const nowhere = { service: 'Wrokspace' as 'Workspace' }
    expect(() => play(paint)).toThrow(
      '"paint": there is no such kind of step. Use any of create, destroy, move',
    )
    expect(() => play(fern, { kind: 'set', thing: 'Plant1', property: 'leafs', value: 1 })).toThrow(
      /^cannot write "leafs" of a "Plant": the class has no such property. Use any of .*leaves/,
    )
    expect(() => play({ ...fern, thing: 'Plant2', properties: { leafs: 1 } })).toThrow('no such property')
    expect(() =>
      play({ kind: 'update', thing: 'Plant1', property: 'root', edit: { at: [], set: 1 } }),
    ).toThrow('no such property')
    expect(() => play({ kind: 'move', thing: 'Plant1', to: nowhere })).toThrow('Wrokspace')
    const rules = ['nobdy', { plyer: 'ana' }, { half: 'third' }, { player: 'ana', team: 'Team1' }, null, {}]
    for (const rule of rules) {
      const visibleTo = rule as Rule
      expect(() => play({ kind: 'visibleTo', thing: 'Plant1', rule: visibleTo })).toThrow('no such rule')
      expect(() => play({ ...fern, visibleTo })).toThrow('no such rule')
    }
  })
})
