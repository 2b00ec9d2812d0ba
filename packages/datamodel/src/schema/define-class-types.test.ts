import { expectTypeOf, it } from 'vitest'
import { createTree } from '../../fixtures/place.ts'
import type { Players } from '../classes/players.ts'
import type { Workspace } from '../classes/services.ts'
import { Folder, Model, Part } from '../classes/world.ts'
import type { Instance } from '../instance/instance.ts'
import type { InstanceRecord } from '../instance/record.ts'
import { cframe, vector3 } from '../properties/geometry.ts'
import { nested } from '../properties/nested.ts'
import { float, int } from '../properties/numbers.ts'
import { reference } from '../properties/reference.ts'
import { oneOf, string } from '../properties/strings.ts'
import type { CFrame } from '../values/cframe.ts'
import { Vector3 } from '../values/vector3.ts'
import { defineClass, type PropertiesOf, type RecordOf } from './define-class.ts'

const Vehicle = defineClass('Vehicle', {
  extends: Model,
  properties: { seats: int(2), frame: cframe(), velocity: vector3() },
})
const Racer = defineClass('Racer', {
  extends: Vehicle,
  properties: {
    lap: int(0),
    phase: oneOf('lobby', 'racing'),
    rival: reference<Folder>(),
    bag: nested<{ items: string[]; coins: { gold: number } }>({ items: [], coins: { gold: 0 } }),
    size: float(1),
    title: string(''),
  },
})
type Racer = InstanceType<typeof Racer>

it('CD6 instances have the properties of their class and of all its bases', () => {
  const racer = new Racer()
  expectTypeOf(racer.lap).toEqualTypeOf<number>()
  expectTypeOf(racer.seats).toEqualTypeOf<number>()
  expectTypeOf(racer.frame).toEqualTypeOf<CFrame>()
  expectTypeOf(racer.primaryPart).toEqualTypeOf<InstanceType<typeof Part> | null>()
  expectTypeOf(racer.phase).toEqualTypeOf<'lobby' | 'racing'>()
  expectTypeOf(racer.rival).toEqualTypeOf<Folder | null>()
  expectTypeOf(racer.bag).toEqualTypeOf<{
    readonly items: readonly string[]
    readonly coins: { readonly gold: number }
  }>()
  expectTypeOf(racer.clone()).toEqualTypeOf<Racer>()
  expectTypeOf<Racer>().toExtend<Model>()
  expectTypeOf<Racer>().toExtend<Instance>()
  expectTypeOf<Model>().not.toExtend<Racer>()
})

it('CD6 constructors take partial properties and nothing else', () => {
  type Options = NonNullable<ConstructorParameters<typeof Racer>[0]>
  expectTypeOf<Options['lap']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<Options['phase']>().toEqualTypeOf<'lobby' | 'racing' | undefined>()
  expectTypeOf<Options['seats']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<Options['parent']>().toEqualTypeOf<Instance | null | undefined>()
  expectTypeOf<Options['name']>().toEqualTypeOf<string | undefined>()
  new Racer({ lap: 1, phase: 'racing', seats: 2, velocity: new Vector3(1, 0, 0), name: 'Ana', parent: null })
  const refuse = (): void => {
    // @ts-expect-error a string is no integer
    new Racer({ lap: '1' })
    // @ts-expect-error not one of the choices
    new Racer({ phase: 'over' })
    // @ts-expect-error no such property
    new Racer({ laps: 1 })
    // @ts-expect-error read-only for all
    new Racer({ id: 1 })
  }
  expectTypeOf(refuse).toBeFunction()
})

it('CD6 writes are checked', () => {
  const racer = new Racer()
  const refuse = (): void => {
    // @ts-expect-error a string is no integer
    racer.lap = '1'
    // @ts-expect-error a folder has not what a part has; which class it is, only its members tell
    racer.primaryPart = new Folder()
    // @ts-expect-error nested values are written as a whole, or by update
    racer.bag.coins.gold = 1
    // @ts-expect-error a class's name is final
    racer.className = 'Bike'
    // @ts-expect-error not one of the choices
    racer.phase = 'over'
    // @ts-expect-error no such property
    racer.laps = 1
  }
  expectTypeOf(refuse).toBeFunction()
})

it('CD6 a class with members of its own keeps them and its properties', () => {
  class Bus extends defineClass('Bus', { extends: Vehicle, properties: { line: int(1) } }) {
    get isFull(): boolean {
      return this.seats === 0
    }
  }
  expectTypeOf(new Bus({ line: 2, seats: 0 }).isFull).toEqualTypeOf<boolean>()
  expectTypeOf<PropertiesOf<Bus>['line']>().toEqualTypeOf<number>()
  const Minibus = defineClass('Minibus', { extends: Bus, properties: { doors: int(1) } })
  const minibus = new Minibus({ doors: 2, line: 3 })
  expectTypeOf(minibus.isFull).toEqualTypeOf<boolean>()
  expectTypeOf(minibus.seats).toEqualTypeOf<number>()
})

it('CD6 records have the properties, read-only handles inside', () => {
  const { record } = new Racer()
  expectTypeOf(record).toEqualTypeOf<InstanceRecord<PropertiesOf<Racer>> | null>()
  type Properties = RecordOf<typeof Racer>['properties']
  expectTypeOf<Properties['lap']>().toEqualTypeOf<number>()
  expectTypeOf<Properties['seats']>().toEqualTypeOf<number>()
  expectTypeOf<Properties['rival']>().toEqualTypeOf<Folder | null>()
  expectTypeOf<RecordOf<typeof Racer>['children']>().toEqualTypeOf<readonly Instance[]>()
  // @ts-expect-error no such property
  expectTypeOf<Properties['laps']>()
})

it('CD6 recipes may write nested properties, and those alone', () => {
  const racer = new Racer()
  const recipes = (): void => {
    racer.update((draft) => {
      expectTypeOf(draft).toEqualTypeOf<{ bag: { items: string[]; coins: { gold: number } } }>()
      draft.bag.coins.gold += 1
      draft.bag.items.push('potion')
      // @ts-expect-error a plain property is assigned
      draft.lap = 1
      // @ts-expect-error a list of strings
      draft.bag.items.push(1)
    })
  }
  expectTypeOf(recipes).toBeFunction()
})

it('CD6 find functions are typed by the class that they are given', () => {
  const folder = new Folder()
  expectTypeOf(folder.findFirstChild('a')).toEqualTypeOf<Instance | null>()
  expectTypeOf(folder.findFirstChild('a', Racer)).toEqualTypeOf<Racer | null>()
  expectTypeOf(folder.findFirstChildOfClass(Part)).toEqualTypeOf<Part | null>()
  expectTypeOf(folder.findFirstChildOfClass('Part')).toEqualTypeOf<Instance | null>()
  expectTypeOf(folder.findFirstChildWhichIsA(Racer)).toEqualTypeOf<Racer | null>()
  expectTypeOf(folder.findFirstDescendant('a', Racer)).toEqualTypeOf<Racer | null>()
  expectTypeOf(folder.findFirstAncestorOfClass(Model)).toEqualTypeOf<Model | null>()
  expectTypeOf(folder.findFirstAncestorWhichIsA(Racer)).toEqualTypeOf<Racer | null>()
  const found: Instance = folder
  if (found.isA(Racer)) expectTypeOf(found.lap).toEqualTypeOf<number>()
  expectTypeOf(folder.getChildren().filter((child) => child.isA(Racer))).toExtend<readonly Racer[]>()
})

it('CD6 property signals are named by properties', () => {
  const racer = new Racer()
  racer.getPropertyChangedSignal('lap')
  racer.getPropertyChangedSignal('seats')
  racer.getPropertyChangedSignal('parent')
  const refuse = (): void => {
    // @ts-expect-error no such property
    racer.getPropertyChangedSignal('laps')
  }
  expectTypeOf(refuse).toBeFunction()
  racer.changed.connect((property) => expectTypeOf(property).toEqualTypeOf<string>())
  racer.ancestryChanged.connect((moved, parent) => {
    expectTypeOf(moved).toEqualTypeOf<Instance>()
    expectTypeOf(parent).toEqualTypeOf<Instance | null>()
  })
})

it('CD6 services are typed by their names', () => {
  const { game } = createTree()
  expectTypeOf(game.getService('Workspace')).toEqualTypeOf<Workspace>()
  expectTypeOf(game.getService('Players')).toEqualTypeOf<Players>()
  expectTypeOf(game.findService('Players')).toEqualTypeOf<Instance | null>()
  const refuse = (): void => {
    // @ts-expect-error no such service
    game.getService('Lighting')
  }
  expectTypeOf(refuse).toBeFunction()
})
