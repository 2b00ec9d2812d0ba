import type { AnyInstanceClass, PropertySchema, ServiceName } from '@banyan/datamodel'
import type { GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { PropertyInput, Spot } from '../cast/tree-step.ts'
import { expectKnown } from '../known-options.ts'
import { TestingError } from '../testing-error.ts'
import { plainRecord } from './plain-values.ts'
import { propertyValue } from './property-values.ts'

/** What trees and steps are made of. */
export interface TreeArbitraryOptions {
  /** All creatable classes of the definition when left out. */
  readonly classes?: readonly AnyInstanceClass[]
  /** How many things of each class steps tell apart; 3 when left out. */
  readonly thingsPerClass?: number
  /** Whose containers things may lie in. None when left out. */
  readonly players?: readonly string[]
  /** The services that things may lie in; Workspace, ReplicatedStorage and ServerStorage when left out. */
  readonly services?: readonly ServiceName[]
  /** What properties are set to, by 'Class.property' of the class that is made, which may inherit the property. */
  readonly values?: Readonly<Record<string, Arbitrary<PropertyInput>>>
}

export const treeOptionNames = {
  classes: true,
  players: true,
  services: true,
  thingsPerClass: true,
  values: true,
} as const satisfies Record<keyof TreeArbitraryOptions, true>

/** One label with its class. A label always stands for the same class, so that steps fit whichever come before them. */
export interface Thing {
  readonly label: string
  readonly properties: readonly PropertySchema[]
  readonly className: string
}

/** The classes of a definition whose instances anyone may make. */
export function creatableClasses(definition: GameDefinition): readonly AnyInstanceClass[] {
  return definition.classes.filter(
    ({ schema }) => !schema.isAbstract && !schema.isPlaceMade && !schema.isService,
  )
}

/** Throws 'invalidOption' for options, services and properties that there are not. */
function expectTreeOptions(
  definition: GameDefinition,
  {
    options,
    classes,
  }: { readonly options: TreeArbitraryOptions; readonly classes: readonly AnyInstanceClass[] },
): void {
  const cannot = 'make steps for a tree with'
  expectKnown(Object.keys(options), { cannot, known: Object.keys(treeOptionNames) })
  const services = definition.classes
    .filter(({ schema }) => schema.isService)
    .map(({ schema }) => schema.name)
  expectKnown(options.services ?? [], { cannot, what: 'service', known: services })
  for (const name of Object.keys(options.values ?? {})) {
    const [className = '', ...rest] = name.split('.')
    const made = [...new Set([...classes, ...creatableClasses(definition)])].map(({ schema }) => schema)
    const ofClass = made.find((schema) => schema.name === className)
    const valuesFor = `make values for "${name}":`
    expectKnown([className], {
      cannot: valuesFor,
      what: 'class to make',
      known: made.map((schema) => schema.name),
    })
    expectKnown([rest.join('.')], {
      cannot: valuesFor,
      what: `property of "${className}"`,
      known: ofClass?.properties.map((property) => property.name) ?? [],
    })
  }
}

/** The things that steps know. Throws 'invalidOption' for options that there are not. */
export function thingsOf(definition: GameDefinition, options: TreeArbitraryOptions): readonly Thing[] {
  const { thingsPerClass = 3, classes = creatableClasses(definition) } = options
  expectTreeOptions(definition, { options, classes })
  const things = classes.flatMap(({ schema }) =>
    Array.from({ length: thingsPerClass }, (_, index) => ({
      label: `${schema.name}${index + 1}`,
      className: schema.name,
      properties: schema.properties,
    })),
  )
  if (things.length > 0) return things
  throw new TestingError(
    'invalidOption',
    'cannot make steps for a tree without things: there is no class, or no thing of each. Pass classes that can be made, and 1 or more as thingsPerClass.',
  )
}

/** Where things may lie: outside of the tree, in services, with players, and in each other. */
export function spots(things: readonly Thing[], options: TreeArbitraryOptions): Arbitrary<Spot> {
  const { services = ['Workspace', 'ReplicatedStorage', 'ServerStorage'], players = [] } = options
  const inThing: Arbitrary<Spot> = plainRecord({
    thing: fc.constantFrom(...things.map(({ label }) => label)),
  })
  const outside: Arbitrary<Spot> = fc.constant(null)
  return fc.oneof(
    { arbitrary: services.length === 0 ? inThing : inService(services), weight: 5 },
    { arbitrary: players.length === 0 ? inThing : ofPlayer(players), weight: players.length === 0 ? 0 : 3 },
    { arbitrary: inThing, weight: 3 },
    { arbitrary: outside, weight: 1 },
  )
}

function inService(services: readonly ServiceName[]): Arbitrary<Spot> {
  return plainRecord({ service: fc.constantFrom(...services) })
}

/** The values of one property of a thing. */
export function valuesFor(
  thing: Thing,
  property: PropertySchema,
  from: { readonly options: TreeArbitraryOptions; readonly spots: Arbitrary<Spot> },
): Arbitrary<PropertyInput> {
  return (
    from.options.values?.[`${thing.className}.${property.name}`] ?? propertyValue(property.type, from.spots)
  )
}

function ofPlayer(players: readonly string[]): Arbitrary<Spot> {
  const player = fc.constantFrom(...players)
  const within = fc.constantFrom<'Backpack' | 'PlayerGui'>('Backpack', 'PlayerGui')
  return fc.oneof({ arbitrary: plainRecord({ player, within }), weight: 3 }, plainRecord({ player }))
}
