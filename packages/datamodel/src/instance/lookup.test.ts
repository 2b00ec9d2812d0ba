import { describe, expect, it } from 'vitest'
import { createTree, namesOf, Racer } from '../../fixtures/place.ts'
import { Workspace } from '../classes/services.ts'
import { Folder, Model, Part } from '../classes/world.ts'

function setUp() {
  const tree = createTree()
  const { workspace } = tree
  const garage = new Folder({ name: 'Garage', parent: workspace })
  const ana = new Racer({ name: 'Ana', parent: garage })
  const wheel = new Part({ name: 'Wheel', parent: ana })
  const spare = new Part({ name: 'Wheel', parent: garage })
  const model = new Model({ name: 'Ana', parent: workspace })
  return { ...tree, garage, ana, wheel, spare, model }
}

describe('looking down', () => {
  it('DM7 finds children by name, the first of several, and by class', () => {
    const { workspace, garage, ana, spare, model } = setUp()
    expect(workspace.findFirstChild('Garage')).toBe(garage)
    expect(workspace.findFirstChild('Wheel')).toBeNull()
    expect(garage.findFirstChild('Ana', Racer)).toBe(ana)
    expect(garage.findFirstChild('Ana', Model)).toBe(ana)
    expect(garage.findFirstChild('Ana', Part)).toBeNull()
    new Folder({ name: 'Wheel', parent: garage })
    expect(garage.findFirstChild('Wheel')).toBe(spare)
    expect(garage.findFirstChild('Wheel', Folder)).not.toBeNull()
    expect(workspace.findFirstChild('Ana')).toBe(model)
  })

  it('DM7 finds children of exactly a class, or of one that extends it', () => {
    const { garage, ana, model, workspace } = setUp()
    expect(garage.findFirstChildOfClass(Racer)).toBe(ana)
    expect(garage.findFirstChildOfClass('Racer')).toBe(ana)
    expect(garage.findFirstChildOfClass(Model)).toBeNull()
    expect(garage.findFirstChildOfClass('Model')).toBeNull()
    expect(garage.findFirstChildWhichIsA(Model)).toBe(ana)
    expect(garage.findFirstChildWhichIsA('Model')).toBe(ana)
    expect(workspace.findFirstChildWhichIsA(Model)).toBe(model)
    expect(workspace.findFirstChildWhichIsA('Object')).toBe(workspace.getChildren()[0])
  })

  it('DM8 finds descendants, parents before children, siblings in their order', () => {
    const { workspace, garage, ana, wheel, spare, model } = setUp()
    expect(workspace.getDescendants()).toEqual([garage, ana, wheel, spare, model])
    expect(workspace.findFirstDescendant('Wheel')).toBe(wheel)
    expect(workspace.findFirstDescendant('Ana')).toBe(ana)
    expect(workspace.findFirstDescendant('Ana', Part)).toBeNull()
    expect(workspace.findFirstDescendant('Workspace')).toBeNull()
    expect(wheel.getDescendants()).toEqual([])
  })

  it('DM8 copes with a tree that is very deep', () => {
    const { workspace } = createTree()
    const root = new Folder({ name: '0' })
    let at = root
    for (let depth = 1; depth < 3_000; depth += 1) {
      const below = new Folder({ name: String(depth) })
      below.parent = at
      at = below
    }
    root.parent = workspace
    expect(namesOf(root.getDescendants()).at(-1)).toBe('2999')
    root.destroy()
    expect(at.isDestroyed).toBe(true)
  })
})

describe('looking up', () => {
  it('DM9 finds the nearest ancestor, never the instance itself', () => {
    const { game, workspace, garage, ana, wheel } = setUp()
    expect(wheel.findFirstAncestor('Ana')).toBe(ana)
    expect(wheel.findFirstAncestor('Wheel')).toBeNull()
    expect(wheel.findFirstAncestor('game')).toBe(game)
    expect(wheel.findFirstAncestorOfClass(Folder)).toBe(garage)
    expect(wheel.findFirstAncestorOfClass('Model')).toBeNull()
    expect(wheel.findFirstAncestorWhichIsA(Model)).toBe(ana)
    expect(wheel.findFirstAncestorWhichIsA('Workspace')).toBe(workspace)
    expect(wheel.findFirstAncestorOfClass(Workspace)).toBe(workspace)
    expect(game.findFirstAncestor('game')).toBeNull()
  })

  it('DM9 tells ancestors and descendants strictly', () => {
    const { workspace, ana, wheel, spare } = setUp()
    expect(workspace.isAncestorOf(wheel)).toBe(true)
    expect(wheel.isDescendantOf(workspace)).toBe(true)
    expect(ana.isAncestorOf(ana)).toBe(false)
    expect(ana.isDescendantOf(ana)).toBe(false)
    expect(ana.isAncestorOf(spare)).toBe(false)
    expect(wheel.isAncestorOf(ana)).toBe(false)
  })

  it('DM10 the full name begins below the DataModel, or at the topmost ancestor', () => {
    const { game, workspace, garage, wheel } = setUp()
    expect(wheel.getFullName()).toBe('Workspace.Garage.Ana.Wheel')
    expect(workspace.getFullName()).toBe('Workspace')
    expect(game.getFullName()).toBe('game')
    garage.parent = null
    expect(wheel.getFullName()).toBe('Garage.Ana.Wheel')
    garage.name = 'a.b'
    expect(wheel.getFullName()).toBe('a.b.Ana.Wheel')
  })
})
