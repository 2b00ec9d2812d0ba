import { describe, expect, it } from 'vitest'
import { createTree, namesOf, operationsFor, Racer } from '../../fixtures/place.ts'
import { addPlayer } from '../classes/players.ts'
import { ObjectValue } from '../classes/value-objects.ts'
import { Folder, Model, Part } from '../classes/world.ts'
import { applyPatch } from '../replica/apply-patch.ts'
import { defineClass } from '../schema/define-class.ts'
import { defineTree } from '../schema/tree-definition.ts'
import type { InstanceOptions } from './instance.ts'

describe('a clone', () => {
  it('DM15 is a detached deep copy: properties, attributes, tags, children in their order', () => {
    const { workspace } = createTree()
    const racer = new Racer({ name: 'Ana', parent: workspace, lap: 2, plan: 'win', progress: 0.1 })
    racer.setAttribute('speed', 5)
    racer.addTag('fast')
    for (const name of ['c', 'a', 'b']) new Part({ name, parent: racer, transparency: 0.5 })
    racer.findFirstChild('c')?.addTag('first')
    const copy = racer.clone()
    expect(copy).toMatchObject({ name: 'Ana', lap: 2, plan: 'win', progress: 0.1, parent: null, id: 0 })
    expect(copy.getAttributes()).toEqual({ speed: 5 })
    expect(copy.getTags()).toEqual(['fast'])
    expect(namesOf(copy.getChildren())).toEqual(['c', 'a', 'b'])
    expect(copy.findFirstChild('c', Part)?.transparency).toBe(0.5)
    expect(copy.findFirstChild('c')?.hasTag('first')).toBe(true)
    copy.lap = 9
    copy.setAttribute('speed', 6)
    copy.addTag('slow')
    copy.clearAllChildren()
    expect([racer.lap, racer.getAttribute('speed'), racer.getTags()]).toEqual([2, 5, ['fast']])
    expect(racer.getChildren()).toHaveLength(3)
  })

  it('DM15 has no connections of the original', () => {
    const { game, workspace } = createTree()
    const folder = new Folder({ parent: workspace })
    const heard: string[] = []
    folder.changed.connect((property) => heard.push(property))
    const copy = folder.clone()
    copy.parent = workspace
    copy.name = 'copy'
    game.drain()
    expect(heard).toEqual([])
    expect(copy.changed.listenerCount).toBe(0)
  })

  it('DM16 refers to the copies where the original referred to what is copied too, else to the same', () => {
    const { workspace } = createTree()
    const outside = new Folder({ name: 'outside', parent: workspace })
    const model = new Model({ name: 'car', parent: workspace })
    const part = new Part({ name: 'body', parent: model })
    model.primaryPart = part
    const inward = new ObjectValue({ name: 'inward', parent: part, value: model })
    const outward = new ObjectValue({ name: 'outward', parent: part, value: outside })
    const copy = model.clone()
    const copiedPart = copy.findFirstChild('body', Part)
    expect(copy.primaryPart).toBe(copiedPart)
    expect(copiedPart?.findFirstChild('inward', ObjectValue)?.value).toBe(copy)
    expect(copiedPart?.findFirstChild('outward', ObjectValue)?.value).toBe(outside)
    expect([inward.value, outward.value, model.primaryPart]).toEqual([model, outside, part])
  })

  it('DM16 refers to the original where that was left out', () => {
    const model = new Model({ name: 'car' })
    const part = new Part({ name: 'body', parent: model })
    part.archivable = false
    model.primaryPart = part
    expect(model.clone().primaryPart).toBe(part)
  })

  it('DM17 leaves out what is not archivable, with all below', () => {
    const folder = new Folder()
    const hidden = new Folder({ name: 'hidden', parent: folder })
    new Folder({ name: 'below', parent: hidden })
    new Folder({ name: 'seen', parent: folder })
    hidden.archivable = false
    expect(namesOf(folder.clone().getDescendants())).toEqual(['seen'])
    expect(() => hidden.clone()).toThrow(
      'cannot clone "hidden": its archivable is false. Set it to true first.',
    )
    hidden.archivable = true
    expect(hidden.clone().archivable).toBe(true)
  })

  it('DM18 is not made of what only a place makes', () => {
    const { game, workspace } = createTree()
    const player = addPlayer(game, { userId: 'u', name: 'Ana' })
    const abstractClass = expect.objectContaining({ code: 'abstractClass' })
    expect(() => workspace.clone()).toThrow(abstractClass)
    expect(() => game.clone()).toThrow(abstractClass)
    expect(() => player.clone()).toThrow(
      'cannot clone "Ana": Player "Ana" is made by its place alone. Clone its children.',
    )
    const folder = new Folder({ parent: workspace })
    const shelf = new Folder({ parent: folder })
    player.parent = shelf
    expect(() => folder.clone()).toThrow(abstractClass)
    shelf.archivable = false
    expect(folder.clone().getChildren()).toEqual([])
  })

  it('DM15 has no second set of the children that a constructor makes', () => {
    class Car extends defineClass('Car') {
      constructor(options?: InstanceOptions) {
        super(options)
        new Part({ name: 'wheel', parent: this })
      }
    }
    const cars = defineTree({ classes: [Car] })
    const [server, client] = [
      createTree('server', { definition: cars }),
      createTree('client', { definition: cars }),
    ]
    const car = new Car({ parent: server.workspace })
    expect(namesOf(car.clone().getChildren())).toEqual(['wheel'])
    const patch = server.game.commit({ tick: 1 })
    applyPatch(client.game, { ...patch, operations: operationsFor(patch, null) })
    expect(namesOf(client.workspace.getDescendants())).toEqual(['Car', 'wheel'])
  })

  it('DM15 may be made of what is destroyed, or detached', () => {
    const folder = new Folder({ name: 'a' })
    folder.setAttribute('x', 1)
    folder.destroy()
    const copy = folder.clone()
    expect(copy.isDestroyed).toBe(false)
    expect(copy.getAttribute('x')).toBe(1)
  })
})
