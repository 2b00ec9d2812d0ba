import { describe, expect, it } from 'vitest'
import { createTestPlace, indexOf, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import type { Create } from './operation.ts'
import { rootId } from './tree-snapshot.ts'
import { view } from './view.ts'

const names = (creates: readonly Create[]): readonly string[] => creates.map(({ name }) => name)

describe('a view', () => {
  it('VW1 is a pure function: an old snapshot gives the same, whatever has happened since', () => {
    const place = createTestPlace()
    const { player } = place.join('Ana')
    const box = new Folder({ name: 'box', parent: player.backpack })
    const racer = new Racer({ name: 'racer', parent: place.workspace, rival: box, lap: 1 })
    racer.setAttribute('speed', 1)
    racer.addTag('fast')
    place.commit()
    const { snapshot } = place.game
    const ids = [player.id, null, -5, 999]
    const before = ids.map((id) => structuredClone(view(snapshot, id)))
    racer.parent = player.playerGui
    racer.rival = null
    racer.lap = 9
    racer.setAttribute('speed', 9)
    racer.removeTag('fast')
    box.parent = place.workspace
    box.name = 'opened'
    place.commit()
    player.destroy()
    expect(ids.map((id) => view(snapshot, id))).toEqual(before)
    place.game.commit({ tick: 9 })
    expect(ids.map((id) => view(snapshot, id))).toEqual(before)
    expect(view(place.game.snapshot, player.id)).not.toEqual(before[0])
  })

  it('VW2 has parents before their children and siblings in their order, the DataModel first', () => {
    const { game, workspace } = createTestPlace()
    const [a, b] = [
      new Folder({ name: 'a', parent: workspace }),
      new Folder({ name: 'b', parent: workspace }),
    ]
    new Folder({ name: 'b1', parent: b })
    new Folder({ name: 'a1', parent: a })
    a.parent = null
    a.parent = workspace
    game.commit({ tick: 1 })
    const seen = view(game.snapshot, null)
    expect(names(seen).slice(0, 6)).toEqual(['game', 'Workspace', 'b', 'b1', 'a', 'a1'])
    expect(seen[0]).toMatchObject({ id: rootId, parent: 0 })
    expect(seen.slice(6).map(({ name }) => name)).not.toContain('ServerStorage')
  })

  it('VW2 of a stranger is what all see', () => {
    const place = createTestPlace()
    const { player } = place.join('Ana')
    new Folder({ name: 'potion', parent: player.backpack })
    place.commit()
    const { snapshot } = place.game
    expect(names(view(snapshot, null))).toContain('Ana')
    expect(names(view(snapshot, null))).not.toContain('potion')
    expect(view(snapshot, 999)).toEqual(view(snapshot, null))
    expect(names(view(snapshot, player.id))).toContain('potion')
  })

  it('CM8 VW2 has neither what does not replicate nor references to what is hidden', () => {
    const { game, workspace } = createTestPlace()
    const secret = new Folder({ name: 'secret', parent: game.getService('ServerStorage') })
    const racer = new Racer({ parent: workspace, plan: 'attack', rival: secret, lap: 2 })
    game.commit({ tick: 1 })
    const seen = view(game.snapshot, null).find(({ id }) => id === racer.id)
    expect(seen?.properties).toEqual([[indexOf('lap'), 2]])
  })

  it('VW10 sees the commit, not what was written since', () => {
    const { game, workspace } = createTestPlace()
    new Folder({ name: 'late', parent: workspace })
    expect(names(view(game.snapshot, null))).not.toContain('late')
    game.commit({ tick: 1 })
    expect(names(view(game.snapshot, null))).toContain('late')
  })
})
