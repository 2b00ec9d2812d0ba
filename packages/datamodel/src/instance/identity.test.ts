import { describe, expect, it } from 'vitest'
import { createTestPlace, createTree, Racer } from '../../fixtures/place.ts'
import { Folder, Model } from '../classes/world.ts'
import { defineClass } from '../schema/define-class.ts'

describe('a name', () => {
  it('DM1 is any text of at most 100 characters, shared by siblings if they like', () => {
    const { workspace } = createTree()
    for (const name of ['', 'a.b', 'ana', '__proto__', ' ', 'x'.repeat(100), '🌳']) {
      const [a, b] = [new Folder({ name, parent: workspace }), new Folder({ name, parent: workspace })]
      expect([a.name, b.name]).toEqual([name, name])
      expect(workspace.findFirstChild(name)).toBe(a)
      workspace.clearAllChildren()
    }
  })

  it('DM1 that is too long or no text is refused, and the old one stays', () => {
    const folder = new Folder({ name: 'Ana' })
    expect(() => {
      folder.name = 'x'.repeat(101)
    }).toThrow(
      'cannot name "Ana": expected a string of at most 100 characters, got a string of 101 characters. Use a text of at most 100 characters.',
    )
    expect(() => Reflect.set(folder, 'name', 7)).toThrow(expect.objectContaining({ code: 'invalidName' }))
    expect(folder.name).toBe('Ana')
  })

  it('DM1 is the class at first, and has no half of a surrogate pair', () => {
    const folder = new Folder()
    expect(folder.name).toBe('Folder')
    folder.name = 'a\ud83c'
    expect(folder.name).toBe('a\ufffd')
  })
})

describe('the class of an instance', () => {
  it('DM2 is exact in className, and inherited in isA', () => {
    const racer = new Racer()
    expect(racer.className).toBe('Racer')
    for (const key of ['Racer', 'Model', 'Instance', 'Object', Racer, Model])
      expect(racer.isA(key)).toBe(true)
    for (const key of ['Folder', 'racer', '', Folder]) expect(racer.isA(key)).toBe(false)
    expect(new Model().isA(Racer)).toBe(false)
    expect(racer.isA('Object')).toBe(true)
  })

  it('DM2 is not another class of the same name', () => {
    const Other = defineClass('Racer', { extends: Model, properties: {} })
    expect(new Other().isA(Racer)).toBe(false)
    expect(new Other().isA('Racer')).toBe(true)
  })
})

describe('an id', () => {
  it('DM3 is 0 until the instance enters a DataModel, and then its own for good', () => {
    const { game, workspace } = createTree()
    const [a, b] = [new Folder(), new Folder()]
    expect([a.id, b.id]).toEqual([0, 0])
    a.parent = workspace
    b.parent = a
    const { id } = b
    expect(b.id).toBeGreaterThan(a.id)
    b.parent = null
    expect(b.id).toBe(id)
    game.commit({ tick: 1 })
    b.parent = workspace
    expect(b.id).toBe(id)
    expect(game.getInstanceById(id)).toBe(b)
    b.destroy()
    expect(game.getInstanceById(id)).toBeNull()
    expect(new Folder({ parent: workspace }).id).toBeGreaterThan(id)
  })

  it('DM3 is given to parents before their children', () => {
    const { workspace } = createTree()
    const outer = new Folder()
    const inner = new Folder({ parent: outer })
    expect(inner.id).toBe(0)
    outer.parent = workspace
    expect(inner.id).toBe(outer.id + 1)
  })

  it('DM3 of the DataModel is 1, and those of the services are the same on both sides', () => {
    const idsOf = ({ game }: ReturnType<typeof createTree>) =>
      game.getChildren().map(({ id, className }) => `${id} ${className}`)
    const server = createTree('server')
    expect(server.game.id).toBe(1)
    expect(idsOf(server)).toEqual(idsOf(createTree('client')))
  })

  it('DM3 of what a client makes is negative', () => {
    const { replica } = createTestPlace().join('Ana')
    const made = new Folder({ parent: replica.workspace })
    expect(made.id).toBeLessThan(0)
    expect(replica.game.getInstanceById(made.id)).toBe(made)
  })
})
