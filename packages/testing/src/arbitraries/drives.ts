import type { PropertySchema, PropertyType } from '@banyan/datamodel'
import type { GameDefinition } from '@banyan/protocol'
import fc, { type Arbitrary } from 'fast-check'
import type { PropertyInput } from '../cast/tree-step.ts'
import type { TrialStep } from '../trial/trial.ts'
import { plainRecord, several, turnedFrame } from './plain-values.ts'
import { type Thing, type TreeArbitraryOptions, thingsOf, valuesFor } from './things.ts'

type Steps = readonly TrialStep[]

/**
 * Steps that mean something together: one thing that everyone sees is written again and again, by a few steps of its
 * precision, while a player's line may take less than that and be cut. Null where nothing is told so, or nobody plays.
 */
export function drive(definition: GameDefinition, options: TreeArbitraryOptions): Arbitrary<Steps> | null {
  const { players = [] } = options
  const things = thingsOf(definition, options).filter(({ properties }) => properties.some(isDriven))
  if (players.length === 0 || things.length === 0) return null
  const drives = things.flatMap((thing) => players.map((player) => driveOf(thing, player, options)))
  return fc.oneof(...drives)
}

function driveOf(thing: Thing, player: string, options: TreeArbitraryOptions): Arbitrary<Steps> {
  const parent = { service: 'Workspace' } as const
  // These do nothing where it is there already.
  const shown: Steps = [
    { kind: 'create', thing: thing.label, className: thing.className, parent },
    { kind: 'move', thing: thing.label, to: parent },
    { kind: 'visibleTo', thing: thing.label, rule: 'everyone' },
  ]
  const line = (bytesPerSecond: number | null): Steps => [
    { kind: 'network', player, conditions: { down: { bytesPerSecond } } },
  ]
  const cut: Steps = [{ kind: 'cut', player }]
  const way = (minLength: number, maxLength: number): Arbitrary<Steps> =>
    fc
      .array(stretch(thing, player, options), { minLength, maxLength, size: 'max' })
      .map((steps) => steps.flat())
  return fc
    .tuple(
      fc.constant(shown),
      fc.constantFrom(line(300), line(600), []),
      way(3, 8),
      fc.constantFrom(cut, cut, []),
      way(0, 3),
      fc.constantFrom(line(null), []),
    )
    .map((parts) => parts.flat())
}

/** A tick's worth, or nearly: a write of what may skip or is told in steps, and one of what may not skip. The player's page may write over something before. */
function stretch(thing: Thing, player: string, options: TreeArbitraryOptions): Arbitrary<Steps> {
  const label = fc.constant(thing.label)
  const driven = thing.properties.filter(isDriven)
  const writes = driven.map((property) => ({
    thing: label,
    property: fc.constant(property.name),
    value: drivenTo(thing, property, options),
  }))
  const sets = writes.map((write) => plainRecord({ kind: fc.constant('set' as const), ...write }))
  const overwrites = writes.map((write) =>
    plainRecord({ kind: fc.constant('overwrite' as const), player: fc.constant(player), ...write }),
  )
  const stays = sets.filter((_, at) => driven[at]?.type.maySkip === false)
  const count = plainRecord({
    kind: fc.constant('attribute' as const),
    thing: label,
    name: fc.constant('driven'),
    value: fc.nat(99),
  })
  const passing = plainRecord({ kind: fc.constant('advance' as const), ms: fc.integer({ min: 15, max: 90 }) })
  const over: Arbitrary<Steps> = fc.oneof(
    { arbitrary: fc.constant([]), weight: 3 },
    fc.oneof(...overwrites).map((step) => [step]),
  )
  return fc
    .tuple(over, fc.oneof(...sets), stays.length === 0 ? count : fc.oneof(...stays), passing)
    .map(([before, ...steps]) => [...before, ...steps])
}

/** Whether it may skip, or is told in steps. */
function isDriven({ type }: PropertySchema): boolean {
  return type.visibleTo === 'everyone' && (type.maySkip || type.precision !== null)
}

function drivenTo(
  thing: Thing,
  property: PropertySchema,
  options: TreeArbitraryOptions,
): Arbitrary<PropertyInput> {
  const isChosen = options.values?.[`${thing.className}.${property.name}`] !== undefined
  const near = isChosen ? null : nearby(property.type)
  return near ?? valuesFor(thing, property, { options, spots: fc.constant(null) })
}

/** Values that lie a few steps from each other, and so many from zero that it is shorter to tell those; null where a type has no steps. */
function nearby({ kind, precision }: PropertyType<unknown>): Arbitrary<PropertyInput> | null {
  if (precision === null) return null
  const number = fc.integer({ min: 4970, max: 5030 }).map((steps) => steps * precision)
  if (kind === 'vector2') return plainRecord({ vector2: several(2, number) })
  if (kind === 'vector3') return plainRecord({ vector3: several(3, number) })
  if (kind === 'cframe') {
    const turn = fc.integer({ min: 50, max: 60 }).map((part) => part / 100)
    return plainRecord({ cframe: turnedFrame(number, turn) })
  }
  return number
}
