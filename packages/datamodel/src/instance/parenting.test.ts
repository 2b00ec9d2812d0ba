import { describe, expect, it } from 'vitest'
import { createTree, namesOf, Racer } from '../../fixtures/place.ts'
import { Folder } from '../classes/world.ts'
import { defineClass } from '../schema/define-class.ts'
import type { Instance } from './instance.ts'

function setUp() {
  const tree = createTree()
  const outer = new Folder({ name: 'outer', parent: tree.workspace })
  const inner = new Folder({ name: 'inner', parent: outer })
  const leaf = new Folder({ name: 'leaf', parent: inner })
  tree.game.commit({ tick: 1 })
  tree.game.drain()
  return { ...tree, outer, inner, leaf }
}

describe('setting a parent', () => {
  it('DM4 moves the whole subtree', () => {
    const { game, workspace, outer, inner, leaf } = setUp()
    inner.parent = workspace
    expect(namesOf(workspace.getDescendants())).toEqual(['outer', 'inner', 'leaf'])
    expect(outer.getChildren()).toEqual([])
    expect([leaf.parent, leaf.dataModel]).toEqual([inner, game])
  })

  it('DM4 to null takes it out, with its connections, and it may come back', () => {
    const { game, workspace, outer, inner, leaf } = setUp()
    const heard: string[] = []
    leaf.changed.connect((property) => heard.push(property))
    outer.parent = null
    expect([outer.dataModel, leaf.dataModel, game.getInstanceById(leaf.id)]).toEqual([null, null, null])
    expect(leaf.isDestroyed).toBe(false)
    outer.parent = workspace
    leaf.name = 'leaf again'
    game.drain()
    expect(heard).toEqual(['name'])
    expect(game.getInstanceById(leaf.id)).toBe(leaf)
    expect(leaf.parent).toBe(inner)
  })

  it('DM4 also works outside of any DataModel', () => {
    const [a, b] = [new Folder({ name: 'a' }), new Folder({ name: 'b' })]
    b.parent = a
    expect(a.getChildren()).toEqual([b])
    b.parent = null
    expect(a.getChildren()).toEqual([])
  })

  it('DM4 to what it is already changes nothing', () => {
    const { game, workspace, outer } = setUp()
    const other = new Folder({ name: 'other', parent: workspace })
    game.commit({ tick: 2 })
    outer.parent = workspace
    expect(workspace.getChildren()).toEqual([outer, other])
    expect(game.commit({ tick: 3 }).segments.size).toBe(0)
  })
})

describe('a bad parent', () => {
  const cases: [string, string, (world: ReturnType<typeof setUp>) => [Instance, unknown]][] = [
    ['itself', 'cycle', ({ outer }) => [outer, outer]],
    ['what lies inside it', 'cycle', ({ outer, leaf }) => [outer, leaf]],
    [
      'something destroyed',
      'destroyed',
      ({ outer, leaf }) => {
        leaf.destroy()
        return [outer, leaf]
      },
    ],
    [
      'anything, once it is destroyed itself',
      'destroyed',
      ({ workspace, leaf }) => {
        leaf.destroy()
        return [leaf, workspace]
      },
    ],
    ["another DataModel's instance", 'otherDataModel', ({ outer }) => [outer, createTree().workspace]],
    [
      'a detached instance of another DataModel',
      'otherDataModel',
      ({ outer }) => {
        const foreign = new Folder({ parent: createTree().workspace })
        foreign.parent = null
        return [outer, foreign]
      },
    ],
    ['anything, for a service', 'invalidValue', ({ workspace, outer }) => [workspace, outer]],
    ['null, for a service', 'invalidValue', ({ workspace }) => [workspace, null]],
    ['null, for the DataModel', 'invalidValue', ({ game, outer }) => [game, outer]],
    ['no instance', 'invalidValue', ({ outer }) => [outer, 'Workspace']],
    ['undefined', 'invalidValue', ({ outer }) => [outer, undefined]],
  ]

  it.each(cases)('DM5 throws and changes nothing: %s', (_, code, choose) => {
    const world = setUp()
    const [child, parent] = choose(world)
    const { game, workspace } = world
    game.commit({ tick: 2 })
    game.drain()
    const before = game.snapshot
    const names = namesOf(workspace.getDescendants())
    const heard: string[] = []
    workspace.descendantRemoving.connect(() => heard.push('removing'))
    child.changed.connect((name) => heard.push(name))
    expect(() => Reflect.set(child, 'parent', parent)).toThrow(expect.objectContaining({ code }))
    game.drain()
    expect(heard).toEqual([])
    expect(namesOf(workspace.getDescendants())).toEqual(names)
    expect(game.commit({ tick: 3 })).toMatchObject({ seq: before.seq, segments: new Map() })
  })

  it('DM5 is a class that the definition does not have, anywhere in the subtree', () => {
    const { workspace, game } = setUp()
    const Stranger = defineClass('Stranger')
    const folder = new Folder({ name: 'box' })
    const stranger = new Stranger({ name: 'it', parent: folder })
    expect(() => {
      folder.parent = workspace
    }).toThrow(
      'cannot parent "it": its class Stranger is not in this place\'s definition. Add it to defineGame({ classes }).',
    )
    expect([folder.parent, folder.id, stranger.id, stranger.parent]).toEqual([null, 0, 0, folder])
    expect(game.commit({ tick: 2 }).segments.size).toBe(0)
  })

  it('DM5 names the thing, the reason and the way out', () => {
    const { outer, leaf } = setUp()
    expect(() => {
      outer.parent = leaf
    }).toThrow(
      'cannot parent "outer" to "Workspace.outer.inner.leaf": it would lie inside itself. Move one of them out first.',
    )
    outer.destroy()
    expect(() => {
      leaf.parent = new Folder()
    }).toThrow(
      'cannot set the parent of "leaf": it is destroyed. Clone it before destroying it, or make a new one.',
    )
    expect(() => {
      outer.parent = createTree().workspace
    }).toThrow(expect.objectContaining({ code: 'destroyed' }))
  })

  it('DM5 is another place also after the instance has left its own', () => {
    const { outer, leaf } = setUp()
    outer.parent = null
    const elsewhere = createTree().workspace
    expect(() => {
      outer.parent = elsewhere
    }).toThrow(
      'cannot parent "outer" to "Workspace": they belong to different DataModels. Clone it, and parent the clone.',
    )
    const crate = new Folder({ name: 'crate' })
    leaf.parent = crate
    expect(() => {
      crate.parent = elsewhere
    }).toThrow('cannot parent "leaf": it belongs to another DataModel. Clone it, and parent the clone.')
    expect(crate.parent).toBeNull()
    const copy = outer.clone()
    copy.parent = elsewhere
    expect(copy.dataModel).not.toBeNull()
  })
})

describe('children', () => {
  it('DM6 keep their order; what arrives, or arrives again, comes last', () => {
    const { workspace, outer, leaf } = setUp()
    const [b, c] = [new Racer({ name: 'b', parent: workspace }), new Racer({ name: 'c', parent: workspace })]
    b.name = 'renamed'
    expect(workspace.getChildren()).toEqual([outer, b, c])
    leaf.parent = workspace
    expect(workspace.getChildren()).toEqual([outer, b, c, leaf])
    outer.parent = null
    outer.parent = workspace
    expect(workspace.getChildren()).toEqual([b, c, leaf, outer])
    c.parent = leaf
    c.parent = workspace
    expect(workspace.getChildren()).toEqual([b, leaf, outer, c])
  })

  it('DM6 are given as fresh arrays', () => {
    const { outer, inner } = setUp()
    outer.getChildren().pop()
    expect(outer.getChildren()).toEqual([inner])
  })
})
