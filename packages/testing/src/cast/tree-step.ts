import type { ServiceName } from '@banyan/datamodel'
import type { PlainValue } from './plain-value.ts'

/** Where something is in a tree, by the names that steps know: null is outside of it. */
export type Spot =
  | { readonly service: ServiceName }
  /** The Player itself, or what only that player sees. */
  | { readonly player: string; readonly within?: 'Backpack' | 'PlayerGui' }
  | { readonly thing: string }
  | null

/** Data of JSON's kinds, as nested properties hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** What a property is set to: a reference is a Spot, a nested property JSON, anything else a PlainValue. */
export type PropertyInput = PlainValue | Spot | Json

/** One change inside a nested property; a path that leads nowhere changes nothing. */
export type NestedStep =
  | { readonly at: readonly (string | number)[]; readonly set: Json }
  | { readonly at: readonly (string | number)[]; readonly push: Json }
  | { readonly at: readonly (string | number)[]; readonly remove: string | number }

/**
 * Who may see a thing: a thing of a Team's class, an audience by its name, a player, or by a predicate one half of the
 * players, which is the other half whenever something comes into Workspace or leaves it.
 */
export type Rule =
  | 'everyone'
  | 'nobody'
  | { readonly player: string }
  | { readonly team: string }
  | { readonly audience: string }
  | { readonly half: Half }

/** Of the players whose id and the number of Workspace's children add up to an even number, or the others. */
export type Half = 'even' | 'odd'

/** Makes a thing; does nothing while a thing of that label lives. Its name is the label unless it says otherwise. */
export interface CreateStep {
  readonly kind: 'create'
  readonly thing: string
  readonly className: string
  readonly parent: Spot
  readonly name?: string
  readonly properties?: Readonly<Record<string, PropertyInput>>
  readonly attributes?: Readonly<Record<string, PlainValue>>
  readonly tags?: readonly string[]
  /** For everyone where it names somebody who is not there. */
  readonly visibleTo?: Rule
}

/**
 * One change of a server's tree as plain data. Things have labels that no step changes, so a step means the same
 * whichever steps before it are left out; a step whose thing does not live does nothing.
 */
export type TreeStep =
  | CreateStep
  | { readonly kind: 'destroy'; readonly thing: string }
  | { readonly kind: 'move'; readonly thing: string; readonly to: Spot }
  | { readonly kind: 'rename'; readonly thing: string; readonly name: string }
  | { readonly kind: 'set'; readonly thing: string; readonly property: string; readonly value: PropertyInput }
  | { readonly kind: 'update'; readonly thing: string; readonly property: string; readonly edit: NestedStep }
  | {
      readonly kind: 'attribute'
      readonly thing: string
      readonly name: string
      readonly value: PlainValue | null
    }
  | { readonly kind: 'tag'; readonly thing: string; readonly tag: string }
  | { readonly kind: 'untag'; readonly thing: string; readonly tag: string }
  | { readonly kind: 'visibleTo'; readonly thing: string; readonly rule: Rule }
  | { readonly kind: 'owner'; readonly thing: string; readonly player: string | null }
  | AudienceStep

/** One change of who is in what; an audience is made when a step first names it. */
export type AudienceStep =
  | { readonly kind: 'admit' | 'expel'; readonly audience: string; readonly player: string }
  | { readonly kind: 'disband'; readonly audience: string }
  | { readonly kind: 'team'; readonly player: string; readonly team: string | null }
