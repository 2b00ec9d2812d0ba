import {
  type AnyInstanceClass,
  createAudiences,
  type DataModel,
  type Instance,
  Players,
} from '@banyan/datamodel'
import { TestingError } from '../testing-error.ts'
import { applyNestedStep } from './nested-step.ts'
import { type PlainValue, valueOfPlain } from './plain-value.ts'
import { propertyOf, valueOfInput } from './property-input.ts'
import { createRegrouping } from './regrouping.ts'
import { expectStep } from './step-check.ts'
import type { AudienceStep, CreateStep, PropertyInput, Spot, TreeStep } from './tree-step.ts'

/** The things that steps have made in a server's tree, by label. */
export interface Cast {
  /**
   * Makes the change through the tree's public API; false when it did nothing. Throws 'invalidOption' for what is no
   * step, 'unknownClass', and what the tree throws.
   */
  apply(step: TreeStep): boolean
  /** The living thing of that label, or null. */
  find(label: string): Instance | null
  /** What a spot stands for now; null when it is not there, and for null. */
  at(spot: Spot): Instance | null
  readonly labels: readonly string[]
}

/** A cast of nobody, for a server's tree. */
export function createCast(game: DataModel): Cast {
  const things = new Map<string, Instance>()
  const regrouping = createRegrouping({
    audiences: createAudiences(game),
    workspace: game.getService('Workspace'),
    findPlayer: (name) => players(game).find((player) => player.name === name) ?? null,
    find,
  })

  function find(label: string): Instance | null {
    const thing = things.get(label) ?? null
    if (thing?.isDestroyed !== true) return thing
    things.delete(label)
    return null
  }

  function at(spot: Spot): Instance | null {
    if (spot === null) return null
    if ('thing' in spot) return find(spot.thing)
    if ('service' in spot) return game.getService(spot.service)
    const player = players(game).find(({ name }) => name === spot.player) ?? null
    if (player === null || spot.within === undefined) return player
    return player.findFirstChildOfClass(spot.within)
  }

  function create(step: CreateStep): boolean {
    const parent = at(step.parent)
    if (find(step.thing) !== null || (parent === null && step.parent !== null)) return false
    const thing = new (classOf(game, step.className))({ name: step.name ?? step.thing })
    things.set(step.thing, thing)
    for (const [property, value] of Object.entries(step.properties ?? {})) set(thing, property, value)
    for (const [name, value] of Object.entries(step.attributes ?? {})) {
      thing.setAttribute(name, valueOfPlain(value))
    }
    for (const tag of step.tags ?? []) thing.addTag(tag)
    if (step.visibleTo !== undefined) regrouping.show(thing, step.visibleTo)
    thing.parent = parent
    return true
  }

  function set(thing: Instance, property: string, value: PropertyInput): boolean {
    Reflect.set(thing, property, valueOfInput(propertyOf(thing, property).type, value, at))
    return true
  }

  function move(thing: Instance, to: Spot): boolean {
    const parent = at(to)
    if (parent === null && to !== null) return false
    // A thing cannot lie inside itself, which the order of steps decides.
    if (parent === thing || (parent !== null && thing.isAncestorOf(parent))) return false
    thing.parent = parent
    return true
  }

  function change(thing: Instance, step: Exclude<TreeStep, CreateStep | AudienceStep>): boolean {
    switch (step.kind) {
      case 'destroy':
        thing.destroy()
        return true
      case 'move':
        return move(thing, step.to)
      case 'rename':
        thing.name = step.name
        return true
      case 'set':
        return set(thing, step.property, step.value)
      case 'update':
        // Only what is in the tree has an editor for recipes.
        if (propertyOf(thing, step.property).type.kind !== 'nested' || thing.dataModel === null) return false
        thing.update((draft) => applyNestedStep(draft, step.property, step.edit))
        return true
      case 'attribute':
        thing.setAttribute(step.name, plainOrNull(step.value))
        return true
      case 'tag':
        thing.addTag(step.tag)
        return true
      case 'untag':
        thing.removeTag(step.tag)
        return true
      case 'visibleTo':
        return regrouping.show(thing, step.rule)
      case 'owner':
        return regrouping.own(thing, step.player)
    }
  }

  return {
    at,
    find,
    get labels() {
      return [...things.keys()].filter((label) => find(label) !== null)
    },
    apply(step) {
      expectStep(step)
      if (step.kind === 'create') return create(step)
      if (!('thing' in step)) return regrouping.apply(step)
      const thing = find(step.thing)
      return thing !== null && change(thing, step)
    },
  }
}

function players(game: DataModel) {
  const service = game.findService('Players')
  return service?.isA(Players) === true ? service.getPlayers() : []
}

function classOf(game: DataModel, name: string): AnyInstanceClass {
  const found = game.definition.classByName.get(name)
  if (found !== undefined) return found
  throw new TestingError(
    'unknownClass',
    `cannot create a "${name}": the definition has no class of that name. Put it into defineGame, or make the steps from this definition.`,
  )
}

function plainOrNull(value: PlainValue | null) {
  return value === null ? null : valueOfPlain(value)
}
