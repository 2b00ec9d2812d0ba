import type { GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { CreateStep, PropertyInput, Spot, TreeStep } from '../cast/tree-step.ts'
import { expectKnown } from '../known-options.ts'
import { nestedStep } from './nested-values.ts'
import { attributeValue, plainRecord } from './plain-values.ts'
import { attributeName, instanceName, tag } from './texts.ts'
import {
  spots,
  type Thing,
  type TreeArbitraryOptions,
  thingsOf,
  treeOptionNames,
  valuesFor,
} from './things.ts'

/** One change of a tree of this game, as plain data for a Cast; shrinks towards few and simple changes. */
export function treeStep(
  definition: GameDefinition,
  options: TreeArbitraryOptions = {},
): Arbitrary<TreeStep> {
  const things = thingsOf(definition, options)
  const where = spots(things, options)
  return fc.oneof(
    { arbitrary: createStep(things, { options, spots: where }), weight: 5 },
    { arbitrary: written(things, { options, spots: where }), weight: 5 },
    { arbitrary: moved(things, where), weight: 3 },
    { arbitrary: labeled(things), weight: 3 },
    plainRecord({ kind: fc.constant('destroy' as const), thing: label(things) }),
  )
}

/** A tree as the steps that make it, parents before children; every step does something on an empty cast. */
export function tree(
  definition: GameDefinition,
  { maxThings = 20, ...options }: TreeArbitraryOptions & { readonly maxThings?: number } = {},
): Arbitrary<readonly CreateStep[]> {
  expectKnown(Object.keys(options), {
    cannot: 'make a tree with',
    known: [...Object.keys(treeOptionNames), 'maxThings'],
  })
  const things = thingsOf(definition, options)
  const where = spots(things, options)
  const create = createStep(things, { options, spots: where })
  return fc
    .uniqueArray(create, { selector: ({ thing }) => thing, maxLength: maxThings, size: 'max' })
    .map(rooted)
}

/** Puts what would lie in a thing that is not there yet where that thing's own tree begins. */
function rooted(steps: readonly CreateStep[]): readonly CreateStep[] {
  const made = new Set<string>()
  return steps.map((step) => {
    const isLost = step.parent !== null && 'thing' in step.parent && !made.has(step.parent.thing)
    made.add(step.thing)
    return isLost ? { ...step, parent: { service: 'Workspace' } } : step
  })
}

interface Source {
  readonly options: TreeArbitraryOptions
  readonly spots: Arbitrary<Spot>
}

function label(things: readonly Thing[]): Arbitrary<string> {
  return fc.constantFrom(...things.map((thing) => thing.label))
}

function createStep(things: readonly Thing[], source: Source): Arbitrary<CreateStep> {
  return fc.oneof(...things.map((thing) => createOne(thing, source)))
}

function createOne(thing: Thing, source: Source): Arbitrary<CreateStep> {
  const values = thing.properties.map(
    (property) => [property.name, valuesFor(thing, property, source)] as const,
  )
  const properties = fc.record<Record<string, PropertyInput>>(Object.fromEntries(values), {
    requiredKeys: [],
    noNullPrototype: true,
  })
  const details = {
    name: instanceName,
    properties,
    attributes: fc.dictionary(attributeName, attributeValue, { maxKeys: 2, noNullPrototype: true }),
    tags: fc.array(tag, { maxLength: 2 }),
  }
  const fixed = {
    kind: fc.constant('create' as const),
    thing: fc.constant(thing.label),
    className: fc.constant(thing.className),
    parent: source.spots,
  }
  return fc.record(
    { ...fixed, ...details },
    { requiredKeys: ['kind', 'thing', 'className', 'parent'], noNullPrototype: true },
  ) as Arbitrary<CreateStep>
}

/** Writes of properties, those inside nested ones too. */
function written(things: readonly Thing[], source: Source): Arbitrary<TreeStep> {
  const choices = things.flatMap((thing) =>
    thing.properties.flatMap((property): Arbitrary<TreeStep>[] => {
      const of = { thing: fc.constant(thing.label), property: fc.constant(property.name) }
      const set = plainRecord({
        kind: fc.constant('set' as const),
        ...of,
        value: valuesFor(thing, property, source),
      })
      const edit = property.type.kind === 'nested' ? nestedStep(property.type.defaultValue) : null
      return edit === null ? [set] : [set, plainRecord({ kind: fc.constant('update' as const), ...of, edit })]
    }),
  )
  return choices.length === 0 ? labeled(things) : fc.oneof(...choices)
}

function moved(things: readonly Thing[], where: Arbitrary<Spot>): Arbitrary<TreeStep> {
  return plainRecord({ kind: fc.constant('move' as const), thing: label(things), to: where })
}

/** What every instance has beside its properties: a name, attributes, tags. */
function labeled(things: readonly Thing[]): Arbitrary<TreeStep> {
  const thing = label(things)
  return fc.oneof(
    plainRecord({ kind: fc.constant('rename' as const), thing, name: instanceName }),
    plainRecord({
      kind: fc.constant('attribute' as const),
      thing,
      name: attributeName,
      value: fc.option(attributeValue),
    }),
    plainRecord({ kind: fc.constant('tag' as const), thing, tag }),
    plainRecord({ kind: fc.constant('untag' as const), thing, tag }),
  )
}
