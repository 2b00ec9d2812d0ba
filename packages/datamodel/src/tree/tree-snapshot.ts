import type { InstanceRecord } from '../instance/record.ts'
import type { IntMap } from '../int-map/int-map.ts'
import type { TreeDefinition } from '../schema/tree-definition.ts'
import type { AudienceId } from './domain.ts'

/** Which state of a tree something is. */
export interface TreeStamp {
  readonly seq: number
  readonly tick: number
  /** The server's clock, in milliseconds since the Unix epoch. */
  readonly timeMs: number
}

/** A whole tree at one commit. Immutable: a kept snapshot stays as it was, and costs only what changed since. */
export interface TreeSnapshot extends TreeStamp {
  /** By id; instances that a client made are not in it. */
  readonly records: IntMap<InstanceRecord>
  /** By the ids of the players in the tree: the conditions that each meets, ascending. Empty on a client. */
  readonly audiences: IntMap<readonly AudienceId[]>
  readonly definition: TreeDefinition
}

/** The id of the DataModel itself. */
export const rootId = 1
