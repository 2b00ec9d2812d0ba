import type { NetworkConditions } from '@banyan/protocol'
import type { PropertyInput, TreeStep } from '../cast/tree-step.ts'
import { treeStepKeys } from '../cast/tree-step-keys.ts'

/** What happens to one player's page or line; it may come at any time, whatever the player does just then. */
export interface PlayerStep {
  readonly kind:
    | 'join'
    | 'leave'
    | 'reload'
    | 'cut'
    | 'block'
    | 'partition'
    | 'heal'
    | 'hide'
    | 'show'
    /** Calls of the trial's own remotes; their payloads are numbers that the run counts. */
    | 'fireServer'
    | 'fireServerUnreliably'
    | 'invokeServer'
  readonly player: string
}

/** A page writes over what the server owns, in its own replica alone. */
export interface OverwriteStep {
  readonly kind: 'overwrite'
  readonly player: string
  readonly thing: string
  readonly property: string
  readonly value: PropertyInput
}

/** One thing that happens in a trial, as plain data. What makes no sense at its time is passed over. */
export type TrialStep =
  | TreeStep
  | PlayerStep
  /** To one player, or to all who are in. */
  | { readonly kind: 'fireClient' | 'fireClientUnreliably'; readonly player: string | null }
  | OverwriteStep
  | { readonly kind: 'network'; readonly player: string; readonly conditions: NetworkConditions }
  | { readonly kind: 'advance'; readonly ms: number }

/** A whole run of a place as plain data: the same trial is the same run, byte for byte. */
export interface Trial {
  readonly seed: number
  /** Who is in when it begins. */
  readonly players: readonly string[]
  readonly steps: readonly TrialStep[]
}

/** Whether a step changes the tree. */
export function isTreeStep(step: TrialStep): step is TreeStep {
  return Object.hasOwn(treeStepKeys, step.kind)
}
