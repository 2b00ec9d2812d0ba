import type { NestedEdit } from '../data/nested-edit.ts'
import type { IntMap } from '../int-map/int-map.ts'
import type { AttributeValue } from '../naming/attribute.ts'
import type { AudienceId, Domain } from './domain.ts'
import type { Glimpses } from './glimpses.ts'
import type { Segment } from './segment.ts'

/** A property's index in its class and its new value; a reference's value is the target's id, or null. */
export type PropertyEntry = readonly [index: number, value: unknown]

/** A property's index in its class, and how many steps of its precision each of its numbers moves. */
export type ShiftEntry = readonly [index: number, ...steps: number[]]

/** An instance, whole: the properties that differ from their defaults, all attributes, all tags. */
export interface Create {
  readonly kind: 'create'
  readonly id: number
  readonly classNumber: number
  /** 0 for the DataModel itself. */
  readonly parent: number
  readonly order: number
  readonly name: string
  readonly properties: readonly PropertyEntry[]
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly tags: readonly string[]
}

/** New values of properties. */
export interface SetOperation {
  readonly kind: 'set'
  readonly id: number
  readonly properties: readonly PropertyEntry[]
}

/**
 * A change from what the server told before, of properties with a precision. Commits make none: patches may carry a `set`
 * in this form, which is shorter.
 */
export interface Shift {
  readonly kind: 'shift'
  readonly id: number
  readonly classNumber: number
  readonly properties: readonly ShiftEntry[]
}

/** One change of the tree as plain data: ids, never handles. */
export type Operation =
  | Create
  | { readonly kind: 'remove'; readonly id: number }
  | { readonly kind: 'move'; readonly id: number; readonly parent: number; readonly order: number }
  | { readonly kind: 'rename'; readonly id: number; readonly name: string }
  | SetOperation
  | Shift
  | {
      readonly kind: 'edit'
      readonly id: number
      readonly property: number
      readonly edits: readonly NestedEdit[]
    }
  | {
      readonly kind: 'attribute'
      readonly id: number
      readonly name: string
      readonly value: AttributeValue | null
    }
  | { readonly kind: 'tags'; readonly id: number; readonly tags: readonly string[] }

/** What a snapshot is made of: instances, and beside them what their owners see of them. */
export type SnapshotOperation = Create | SetOperation

/**
 * Why an operation was made: the number that the tree's queue had as its cause at the last write. 0 is unknown. A `set` whose
 * properties were written under different causes has one for each of them, in their order.
 */
export type OperationCause = number | readonly number[]

/**
 * Everything that one commit changed, by who may see it; nothing of `nobody` is in it. What one player gets of it,
 * `createPatchShares` tells.
 */
export interface Patch extends Glimpses {
  /** Grows by one with each commit that changed something. */
  readonly seq: number
  readonly tick: number
  /** The server's clock at the commit, in milliseconds since the Unix epoch. */
  readonly timeMs: number
  readonly segments: ReadonlyMap<Domain, Segment>
  /** For each segment what its readers must meet, ascending; none for `everyone`. */
  readonly conditions: ReadonlyMap<Domain, readonly AudienceId[]>
  /** By player, what each meets from this commit on, ascending. */
  readonly audiences: IntMap<readonly AudienceId[]>
  /** Whether something that everyone saw is still there, but no more for everyone: in hiding, or out of the tree. */
  readonly hidFromAll: boolean
}

/** When a commit is made, and as what. */
export interface CommitOptions {
  readonly tick: number
  /** Grows `seq` although nothing changed: for who tells of the state later than of the change. */
  readonly isNumbered?: boolean
}
