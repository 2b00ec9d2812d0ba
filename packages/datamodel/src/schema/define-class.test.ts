import { describe, expect, it } from 'vitest'
import { createTree, Racer } from '../../fixtures/place.ts'
import { Player } from '../classes/player.ts'
import { Workspace } from '../classes/services.ts'
import { Folder, Model } from '../classes/world.ts'
import { Instance } from '../instance/instance.ts'
import { bool } from '../properties/boolean.ts'
import { nested } from '../properties/nested.ts'
import { int } from '../properties/numbers.ts'
import { defineClass } from './define-class.ts'

const invalidDefinition = expect.objectContaining({ code: 'invalidDefinition' })

describe('a class', () => {
  it('CD1 has the properties of its base first, numbered through', () => {
    const Truck = defineClass('Truck', { extends: Racer, properties: { load: int(7) } })
    const names = Truck.schema.properties.map(({ name, index }) => `${index} ${name}`)
    expect(names).toEqual([
      '0 primaryPart',
      '1 lap',
      '2 progress',
      '3 phase',
      '4 plan',
      '5 rival',
      '6 bag',
      '7 load',
    ])
    expect(new Truck()).toMatchObject({ lap: 0, load: 7, className: 'Truck' })
    expect(Truck.name).toBe('Truck')
  })

  it.each(['', '1st', 'Ra-cer', 'A'.repeat(101), '__proto__', 'Ré'])('CD2 cannot be called "%s"', (name) => {
    expect(() => defineClass(name)).toThrow(invalidDefinition)
  })

  it.each(['', 'Lap', '2nd', '__proto__', 'a-b', 'a'.repeat(101)])(
    'CD2 cannot have a property called "%s"',
    (name) => {
      const properties = Object.fromEntries([[name, int(0)]])
      expect(() => defineClass('Racer', { properties })).toThrow(invalidDefinition)
    },
  )

  it.each(['name', 'parent', 'clone', 'id', 'record', 'constructor', 'toString', 'hasOwnProperty'])(
    'CD2 cannot have a property "%s", which every instance has',
    (name) => {
      expect(() => defineClass('Racer', { properties: { [name]: int(0) } })).toThrow(invalidDefinition)
    },
  )

  it('CD2 cannot have a property, or a member, of its base twice', () => {
    expect(() => defineClass('Truck', { extends: Racer, properties: { lap: int(0) } })).toThrow(
      'cannot define property "lap" of class "Truck": its base class has it already. Use the inherited one or another name.',
    )
    class Door extends defineClass('Door', { properties: { isOpen: bool(false) } }) {
      knock(): string {
        return this.isOpen ? 'come in' : 'wait'
      }
    }
    expect(() => defineClass('Gate', { extends: Door, properties: { knock: int(0) } })).toThrow(
      invalidDefinition,
    )
    const Gate = defineClass('Gate', { extends: Door, properties: { width: int(2) } })
    expect(new Gate({ isOpen: true }).knock()).toBe('come in')
  })

  it('CD3 cannot extend what only a place makes', () => {
    expect(() => defineClass('MyWorkspace', { extends: Workspace })).toThrow(
      'cannot define class "MyWorkspace" on top of Workspace: only a place makes instances of that class. Extend another one.',
    )
    expect(() => defineClass('Guest', { extends: Player })).toThrow(invalidDefinition)
  })

  it('CD9 that a JavaScript class extends keeps its name and number', () => {
    class FastRacer extends Racer {
      boost(): void {
        this.lap += 10
      }
    }
    const { workspace } = createTree()
    const racer = new FastRacer({ parent: workspace })
    racer.boost()
    expect(racer).toMatchObject({ className: 'Racer', lap: 10 })
    expect(FastRacer.schema).toBe(Racer.schema)
    expect(racer.clone()).toBeInstanceOf(FastRacer)
  })
})

describe('new', () => {
  it('CD4 takes a name, properties and a parent, and sets the parent last', () => {
    const { game, workspace } = createTree()
    const heard: unknown[] = []
    workspace.childAdded.connect((child) => heard.push(child.isA(Racer) && child.lap))
    const racer = new Racer({ parent: workspace, lap: 3, name: 'Ana' })
    game.drain()
    expect(racer).toMatchObject({ name: 'Ana', lap: 3, parent: workspace })
    expect(heard).toEqual([3])
  })

  it('CD4 without options is detached, named after its class, and has the defaults', () => {
    const racer = new Racer()
    expect(racer).toMatchObject({ id: 0, name: 'Racer', parent: null, dataModel: null, record: null })
    expect(racer).toMatchObject({ lap: 0, progress: 0, phase: 'lobby', plan: '', rival: null })
  })

  it('CD4 refuses an option that the class does not have', () => {
    const options = { laps: 1 } as object
    expect(() => new Racer(options)).toThrow(
      'cannot set Racer.laps: the class has no such property. Check its definition.',
    )
    for (const name of ['className', 'constructor', '__proto__x', 'changed']) {
      expect(() => new Racer({ [name]: 1 } as object)).toThrow(
        expect.objectContaining({ code: 'invalidValue' }),
      )
    }
  })

  it('CD4 that fails leaves nothing in the tree', () => {
    const { workspace } = createTree()
    expect(() => new Racer({ parent: workspace, lap: 1.5 })).toThrow(
      expect.objectContaining({ code: 'invalidValue' }),
    )
    expect(workspace.getChildren()).toEqual([])
  })

  it('CD5 refuses abstract classes and those that a place makes', () => {
    const Vehicle = defineClass('Vehicle', { isAbstract: true, properties: { speed: int(1) } })
    const Bike = defineClass('Bike', { extends: Vehicle })
    const abstractClass = expect.objectContaining({ code: 'abstractClass' })
    expect(() => new Vehicle()).toThrow(abstractClass)
    expect(() => new Instance()).toThrow(abstractClass)
    expect(() => new Workspace()).toThrow(abstractClass)
    expect(() => new Player()).toThrow(
      'cannot make "Player": only a place makes instances of this class. Find the one that it made.',
    )
    expect(new Bike().speed).toBe(1)
  })
})

describe('a property', () => {
  it('CD10 refuses what its type does not take, and keeps its value', () => {
    const racer = new Racer({ name: 'Ana', lap: 2 })
    const write = (): unknown => Reflect.set(racer, 'lap', '3')
    expect(write).toThrow(
      'cannot set Racer.lap of "Ana": expected an integer, got "3". Assign a value of type int.',
    )
    expect(() => Reflect.set(racer, 'rival', {})).toThrow(expect.objectContaining({ code: 'invalidValue' }))
    expect(() => Reflect.set(racer, 'phase', 'over!')).toThrow('expected one of lobby, racing, over')
    expect(racer.lap).toBe(2)
  })

  it('CD10 copies and freezes what it is given', () => {
    const items = ['potion']
    const racer = new Racer({ bag: { items, coins: { gold: 1, silver: 0 } } })
    items.push('sword')
    expect(racer.bag.items).toEqual(['potion'])
    expect(Object.isFrozen(racer.bag.coins)).toBe(true)
  })

  it('CD10 of one instance is not that of another', () => {
    const Chest = defineClass('Chest', {
      extends: Model,
      properties: { content: nested<string[]>(['coin']) },
    })
    const [a, b] = [new Chest(), new Chest()]
    a.content = []
    expect(b.content).toEqual(['coin'])
    expect(new Folder()).not.toHaveProperty('content')
  })
})
