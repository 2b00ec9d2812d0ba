import { describe, expect, it } from 'vitest'
import { createTestPlace, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import { view } from '../tree/view.ts'
import { replicaView } from './replica-view.ts'

function setUp({ isDevelopment = false } = {}) {
  const place = createTestPlace()
  const { player, replica } = place.join('Ana', { isDevelopment })
  const racer = new Racer({ name: 'racer', parent: place.workspace, lap: 1 })
  racer.setAttribute('speed', 5)
  racer.addTag('fast')
  place.commit()
  const copy = replica.workspace.findFirstChild('racer', Racer)
  if (copy === null) throw new Error('the racer is there')
  const expectBase = (): void => {
    replica.game.commit({ tick: 0 })
    expect(replicaView(replica.game)).toEqual(view(place.game.snapshot, player.id))
  }
  return { ...place, place, player, replica, racer, copy, expectBase }
}

describe('what a client writes over the server', () => {
  it('AP12 is seen there, by handles and records, while the base stays as it was', () => {
    const { replica, racer, copy, expectBase } = setUp()
    copy.lap = 9
    copy.name = 'mine'
    copy.rival = copy
    copy.bag = { items: ['mine'], coins: { gold: 0, silver: 0 } }
    copy.setAttribute('speed', 99)
    copy.setAttribute('own', 1)
    copy.addTag('mine')
    copy.removeTag('fast')
    replica.game.commit({ tick: 0 })
    expect(copy).toMatchObject({ lap: 9, name: 'mine', rival: copy })
    expect(copy.record?.properties.lap).toBe(9)
    expect(copy.record?.attributes).toEqual({ speed: 99, own: 1 })
    expect(copy.record?.tags).toEqual(['mine'])
    expect(racer).toMatchObject({ lap: 1, name: 'racer' })
    expectBase()
    copy.setAttribute('speed', null)
    expect(copy.getAttributes()).toEqual({ own: 1 })
    expectBase()
  })

  it('AP13 ends for a property when the server writes it next, and for no other', () => {
    const { place, racer, copy, expectBase } = setUp()
    copy.lap = 9
    copy.name = 'mine'
    copy.setAttribute('speed', 99)
    copy.addTag('mine')
    racer.lap = 2
    place.commit()
    expect(copy).toMatchObject({ lap: 2, name: 'mine' })
    racer.setAttribute('speed', 6)
    racer.setAttribute('size', 1)
    place.commit()
    expect([copy.getAttribute('speed'), copy.name]).toEqual([6, 'mine'])
    racer.addTag('red')
    racer.name = 'Bo'
    place.commit()
    expect([copy.name, copy.getTags()]).toEqual(['Bo', ['fast', 'red']])
    expectBase()
  })

  it('AP13 ends also when the server writes the same value', () => {
    const { place, racer, copy, expectBase } = setUp()
    const heard: string[] = []
    copy.lap = 9
    copy.changed.connect((property) => heard.push(property))
    racer.lap = 9
    place.commit()
    racer.lap = 10
    place.commit()
    expect(copy.lap).toBe(10)
    expectBase()
  })

  it('AP13 may be written again afterwards', () => {
    const { place, racer, copy, expectBase } = setUp()
    copy.lap = 9
    racer.lap = 2
    place.commit()
    copy.lap = 10
    expect(copy.lap).toBe(10)
    expectBase()
    racer.lap = 3
    place.commit()
    expect(copy.lap).toBe(3)
  })

  it('AP14 survives a snapshot that tells the same as before, and ends where that differs', () => {
    const { place, game, player, replica, racer, copy } = setUp()
    copy.lap = 9
    copy.progress = 0.5
    copy.setAttribute('speed', 99)
    copy.addTag('mine')
    copy.name = 'mine'
    place.resync(player)
    expect(copy).toMatchObject({ lap: 9, progress: 0.5, name: 'mine' })
    expect([copy.getAttribute('speed'), copy.getTags()]).toEqual([99, ['fast', 'mine']])
    racer.progress = 0.75
    racer.setAttribute('speed', 6)
    game.commit({ tick: 1 })
    place.resync(player)
    expect(copy).toMatchObject({ lap: 9, progress: 0.75, name: 'mine' })
    expect(copy.getAttribute('speed')).toBe(6)
    expect(replicaView(replica.game)).toEqual(view(game.snapshot, player.id))
  })

  it('AP15 lies over edits of the server, which apply to the base', () => {
    const { place, racer, copy, expectBase } = setUp()
    copy.bag = { items: ['mine'], coins: { gold: 0, silver: 0 } }
    racer.update((draft) => {
      draft.bag.items.push('rope')
    })
    place.commit()
    expect(copy.bag.items).toEqual(['rope'])
    expectBase()
  })

  it('AP16 warns in development, once for each class and property', () => {
    const { copy, replica, workspace, place } = setUp({ isDevelopment: true })
    copy.lap = 9
    copy.lap = 10
    copy.setAttribute('speed', 1)
    new Racer({ name: 'second', parent: workspace })
    place.commit()
    const second = replica.workspace.findFirstChild('second', Racer)
    if (second !== null) second.lap = 3
    expect(replica.warnings).toEqual([
      '"racer" (Racer): this client wrote over lap, which the server owns. Nobody else sees it, and the server\'s next write ends it. Fire a remote to change it for all.',
      expect.stringContaining('wrote over @speed'),
    ])
    const quiet = setUp()
    quiet.copy.lap = 9
    expect(quiet.replica.warnings).toEqual([])
  })

  it('AP16 is no overlay where the server has no say: what does not replicate, what the client made', () => {
    const { copy, replica, place, racer } = setUp({ isDevelopment: true })
    copy.plan = 'secret'
    const own = new Racer({ parent: replica.workspace })
    own.lap = 5
    racer.lap = 3
    place.commit()
    expect([copy.plan, own.lap]).toEqual(['secret', 5])
    expect(replica.warnings).toEqual([])
  })
})

describe('the shape of a replica', () => {
  it('AP17 belongs to the server: a client neither moves nor destroys what it did not make', () => {
    const { copy, replica } = setUp()
    const own = new Folder({ name: 'own', parent: replica.workspace })
    const serverOwned = expect.objectContaining({ code: 'serverOwned' })
    for (const parent of [null, own, replica.game]) {
      expect(() => {
        copy.parent = parent
      }).toThrow(serverOwned)
    }
    expect(() => copy.destroy()).toThrow(
      'cannot destroy "racer": the server owns it. Fire a remote and let the server destroy it.',
    )
    expect(() => {
      copy.parent = own
    }).toThrow(
      'cannot set the parent of "racer": the server owns the tree\'s shape. Fire a remote and let the server move it.',
    )
    expect(copy.parent).toBe(replica.workspace)
  })

  it('AP18 keeps what a client made, behind what the server made, through patches and snapshots', () => {
    const { place, player, workspace, replica, copy, expectBase } = setUp()
    const own = new Folder({ name: 'own', parent: replica.workspace })
    const inner = new Folder({ name: 'inner', parent: own })
    const onCopy = new Folder({ name: 'on racer', parent: copy })
    const second = new Racer({ name: 'second', parent: workspace })
    place.commit()
    place.resync(player)
    const children = [copy, replica.game.getInstanceById(second.id), own]
    expect(replica.workspace.getChildren()).toEqual(children)
    expect(replica.workspace.record?.children).toEqual(children)
    expect([own.isDestroyed, inner.isDestroyed, onCopy.isDestroyed]).toEqual([false, false, false])
    expect(own.id).toBeLessThan(0)
    expectBase()
    own.parent = copy
    inner.destroy()
    expect(copy.getChildren()).toEqual([onCopy, own])
    own.parent = null
    expectBase()
  })

  it('AP18 ends what a client made together with its parent', () => {
    const { place, racer, replica, copy } = setUp()
    const own = new Folder({ parent: copy })
    const heard: string[] = []
    own.destroying.connect(() => heard.push('destroying'))
    racer.destroy()
    place.commit()
    replica.game.drain()
    expect(own.isDestroyed).toBe(true)
    expect(own.record).toBeNull()
    expect(heard).toEqual(['destroying'])
  })

  it('AP18 a clone of what the server owns belongs to the client', () => {
    const { replica, copy, expectBase } = setUp()
    const mine = copy.clone()
    mine.parent = replica.workspace
    mine.lap = 4
    expect(mine.id).toBeLessThan(0)
    expectBase()
    mine.destroy()
  })
})
