import type { GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { CreateStep, PropertyInput, Rule, Spot, TreeStep } from '../cast/tree-step.ts'
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
    { arbitrary: createStep(things, { options, spots: where, rule: rule(things, options) }), weight: 5 },
    { arbitrary: written(things, { options, spots: where }), weight: 5 },
    { arbitrary: moved(things, where), weight: 3 },
    { arbitrary: labeled(things), weight: 3 },
    { arbitrary: hidden(things, options), weight: 5 },
    { arbitrary: regrouped(things, options), weight: options.players === undefined ? 0 : 5 },
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
  /** Of some of what is made; all of it is for everyone when left out. */
  readonly rule?: Arbitrary<Rule>
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
    ...(source.rule === undefined ? {} : { visibleTo: source.rule }),
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

/** Who may see a thing. */
function rule(things: readonly Thing[], { players = [] }: TreeArbitraryOptions): Arbitrary<Rule> {
  const half = fc.constantFrom<'even' | 'odd'>('even', 'odd')
  // Those that change by themselves most: a rule alone brings nothing into sight and out of it.
  const rules: { readonly arbitrary: Arbitrary<Rule>; readonly weight: number }[] = [
    { arbitrary: fc.constantFrom<Rule>('everyone', 'everyone', 'nobody'), weight: 2 },
    { arbitrary: plainRecord({ audience: audienceName }), weight: 4 },
    { arbitrary: plainRecord({ half }), weight: 3 },
  ]
  if (players.length > 0) {
    rules.push({ arbitrary: plainRecord({ player: fc.constantFrom(...players) }), weight: 1 })
  }
  const teams = teamsOf(things)
  if (teams.length > 0) rules.push({ arbitrary: plainRecord({ team: label(teams) }), weight: 2 })
  return fc.oneof(...rules)
}

/** Who may see what, and whose it is. */
function hidden(things: readonly Thing[], options: TreeArbitraryOptions): Arbitrary<TreeStep> {
  const thing = label(things)
  const { players = [] } = options
  const shown = { kind: fc.constant('visibleTo' as const), thing, rule: rule(things, options) }
  return fc.oneof(
    { arbitrary: plainRecord(shown), weight: 3 },
    plainRecord({
      kind: fc.constant('owner' as const),
      thing,
      player: players.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...players)),
    }),
  )
}

/** Who is in what. */
function regrouped(things: readonly Thing[], { players = [] }: TreeArbitraryOptions): Arbitrary<TreeStep> {
  if (players.length === 0) return labeled(things)
  const player = fc.constantFrom(...players)
  const teams = teamsOf(things)
  const kind = fc.constantFrom<'admit' | 'expel'>('admit', 'admit', 'expel')
  const team: Arbitrary<string | null> = teams.length === 0 ? fc.constant(null) : fc.option(label(teams))
  return fc.oneof(
    { arbitrary: plainRecord({ kind, audience: audienceName, player }), weight: 8 },
    { arbitrary: plainRecord({ kind: fc.constant('team' as const), player, team }), weight: 3 },
    plainRecord({ kind: fc.constant('disband' as const), audience: audienceName }),
  )
}

const audienceName = fc.constantFrom('north', 'south')

function teamsOf(things: readonly Thing[]): readonly Thing[] {
  return things.filter(({ className }) => className === 'Team')
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
