import { describe, expect, it } from 'vitest'
import { createTree, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'

function setUp() {
  const tree = createTree()
  const outer = new Folder({ name: 'outer', parent: tree.workspace })
  const inner = new Racer({ name: 'inner', parent: outer, lap: 4 })
  inner.setAttribute('speed', 5)
  inner.addTag('fast')
  return { ...tree, outer, inner }
}

describe('destroy', () => {
  it('DM19 ends everything below too, and locks the parents at null', () => {
    const { workspace, outer, inner } = setUp()
    outer.destroy()
    for (const gone of [outer, inner]) {
      expect(gone).toMatchObject({ isDestroyed: true, parent: null, dataModel: null })
      expect(gone.getChildren()).toEqual([])
      expect(() => {
        gone.parent = workspace
      }).toThrow(expect.objectContaining({ code: 'destroyed' }))
      gone.parent = null
    }
    expect(workspace.getChildren()).toEqual([])
    expect(() => new Folder({ parent: outer })).toThrow(
      'cannot parent "Folder" to "outer": the latter is destroyed. Choose a living parent.',
    )
  })

  it('DM19 does nothing the second time', () => {
    const { game, outer, inner } = setUp()
    outer.destroy()
    game.commit({ tick: 1 })
    outer.destroy()
    inner.destroy()
    expect(game.commit({ tick: 2 }).segments.size).toBe(0)
  })

  it('DM19 works on what was never in a tree, and on what has left it', () => {
    const { workspace, outer, inner } = setUp()
    const detached = new Folder()
    const below = new Folder({ parent: detached })
    detached.destroy()
    expect([detached.isDestroyed, below.isDestroyed]).toEqual([true, true])
    outer.parent = null
    outer.destroy()
    expect(inner.isDestroyed).toBe(true)
    expect(workspace.getChildren()).toEqual([])
  })

  it('DM20 leaves everything but the links to be read', () => {
    const { game, outer, inner } = setUp()
    game.commit({ tick: 1 })
    const { id } = inner
    outer.destroy()
    game.commit({ tick: 2 })
    expect(inner).toMatchObject({ id, name: 'inner', className: 'Racer', lap: 4, record: null })
    expect(inner.getAttribute('speed')).toBe(5)
    expect(inner.hasTag('fast')).toBe(true)
    expect(inner.getFullName()).toBe('inner')
    expect(inner.isA(Racer)).toBe(true)
  })

  it('DM21 cuts all connections, but what is queued still runs', () => {
    const { game, outer, inner } = setUp()
    game.drain()
    const heard: string[] = []
    const connections = [
      inner.changed.connect((property) => heard.push(`changed ${property}`)),
      inner.ancestryChanged.connect((moved, parent) =>
        heard.push(`ancestry ${moved.name} ${parent?.name ?? 'null'}`),
      ),
      inner.destroying.connect(() => heard.push(`destroying, parent ${inner.parent?.name ?? 'null'}`)),
    ]
    inner.lap = 5
    outer.destroy()
    inner.lap = 6
    inner.name = 'late'
    expect(connections.map(({ connected }) => connected)).toEqual([false, false, false])
    expect(heard).toEqual([])
    game.drain()
    expect(heard).toEqual(['changed lap', 'ancestry outer null', 'destroying, parent null'])
    inner.lap = 7
    game.drain()
    expect(heard).toHaveLength(3)
    expect(inner.changed.connect(() => {}).connected).toBe(false)
    expect(inner.attributeChanged.connect(() => {}).connected).toBe(false)
  })

  it('DM21 tells the old parent, and everything above', () => {
    const { game, workspace, outer, inner } = setUp()
    game.drain()
    const heard: string[] = []
    workspace.childRemoved.connect((child) => heard.push(`childRemoved ${child.name}`))
    workspace.descendantRemoving.connect((gone, parent) => heard.push(`removing ${gone.name} ${parent.name}`))
    outer.destroy()
    game.drain()
    expect(heard).toEqual(['removing outer Workspace', 'removing inner Workspace', 'childRemoved outer'])
    expect(inner.isDestroyed).toBe(true)
  })

  it('DM21 rejects those who wait for a signal of it', async () => {
    const { game, outer, inner } = setUp()
    game.drain()
    const waiting = inner.childAdded.wait()
    outer.destroy()
    await expect(waiting).rejects.toMatchObject({ code: 'signalClosed' })
  })

  it('DM22 is refused by services and by the DataModel', () => {
    const { game, workspace } = setUp()
    expect(() => workspace.destroy()).toThrow(
      'cannot destroy "Workspace": a service lives as long as its place. Use clearAllChildren().',
    )
    expect(() => game.destroy()).toThrow(expect.objectContaining({ code: 'invalidValue' }))
    expect(workspace.getChildren()).toHaveLength(1)
  })

  it('DM22 clearAllChildren destroys each child', () => {
    const { workspace, outer, inner } = setUp()
    const second = new Folder({ parent: workspace })
    workspace.clearAllChildren()
    expect([outer, inner, second].map(({ isDestroyed }) => isDestroyed)).toEqual([true, true, true])
    expect(workspace.getChildren()).toEqual([])
  })
})
