import { describe, expect, it } from 'vitest'
import { createTree } from '../../fixtures/place.ts'
import { addPlayer } from '../classes/players.ts'
import { Folder, Team } from '../classes/world.ts'
import { createAudiences } from './audiences.ts'

describe('rules that hide more than was meant', () => {
  function createDevelopmentPlace() {
    const place = createTree('server', { isDevelopment: true })
    const [ana, bo] = ['Ana', 'Bo'].map((name) => addPlayer(place.game, { userId: name, name }))
    if (ana === undefined || bo === undefined) throw new Error('both are there')
    return { ...place, ana, bo, commit: () => place.game.commit({ tick: 1 }) }
  }

  it('VW19 warn once in development: a contradiction, and what an audience leaves behind', () => {
    const { commit, workspace, warnings, ana, bo, game } = createDevelopmentPlace()
    const box = new Folder({ name: 'box', parent: workspace, visibleTo: ana })
    const coin = new Folder({ name: 'coin', parent: box, visibleTo: bo })
    commit()
    coin.name = 'gold'
    commit()
    expect(warnings).toEqual([
      '"Workspace.box.coin" is visible to "Bo", but lies in what only others see: nobody sees it. Move it, or change one of the rules.',
    ])
    const north = createAudiences(game).create('north')
    coin.visibleTo = 'everyone'
    box.visibleTo = north
    commit()
    north.destroy()
    expect(warnings.slice(1)).toEqual([
      'audience "north" was destroyed while 2 instances were visible to it: nobody sees them now. Set visibleTo first.',
    ])
  })

  it('VW19 warn once of what a team leaves behind, but for what ends with it', () => {
    const { commit, workspace, warnings, game } = createDevelopmentPlace()
    const red = new Team({ name: 'red', parent: game.getService('Teams') })
    const flag = new Folder({ parent: workspace, visibleTo: red })
    const tent = new Folder({ parent: workspace, visibleTo: red })
    commit()
    tent.destroy()
    red.destroy()
    commit()
    flag.name = 'flag'
    commit()
    expect(warnings).toEqual([
      'team "red" was destroyed while an instance was visible to it: nobody sees it now. Set visibleTo first.',
    ])
  })

  it('VW19 say nothing of a contradiction that is over by the commit, nor of what nobody is to see', () => {
    const { commit, workspace, warnings, ana, bo, game } = createDevelopmentPlace()
    const box = new Folder({ name: 'box', parent: workspace, visibleTo: ana })
    const coin = new Folder({ name: 'coin', parent: box, visibleTo: bo })
    box.visibleTo = bo
    new Folder({ parent: box, visibleTo: 'nobody' })
    new Folder({ parent: game.getService('ServerStorage'), visibleTo: ana })
    commit()
    expect(coin.record).not.toBeNull()
    expect(warnings).toEqual([])
  })
})
