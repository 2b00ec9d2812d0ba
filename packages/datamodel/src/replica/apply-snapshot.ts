import type { DataModel } from '../tree/data-model.ts'
import type { Operation, SnapshotOperation } from '../tree/operation.ts'
import { treeOf } from '../tree/tree.ts'
import { type AppliedPatch, finishPatch, performOperations, prepareOperations } from './apply-patch.ts'
import { removeReplicas } from './replica-membership.ts'

/** A whole view of a tree, as a join or a resume brings it. */
export interface ReplicaSnapshot {
  readonly seq: number
  readonly tick: number
  readonly timeMs: number
  /** All instances, and beside them what the owner sees of some. */
  readonly creates: readonly SnapshotOperation[]
  /** `same` keeps the handles of what is there already; `other` is another run of the place, whose ids mean other things. */
  readonly tree: 'same' | 'other'
}

/**
 * Makes a replica equal to a snapshot in one step: unchanged records stay `===`, what the snapshot lacks is removed.
 * Throws a DataModelError for a snapshot that does not fit, and then has changed nothing.
 */
export function applySnapshot(game: DataModel, snapshot: ReplicaSnapshot): AppliedPatch {
  const tree = treeOf(game)
  const isSame = snapshot.tree === 'same'
  const kept = new Set(snapshot.creates.map(({ id }) => id))
  const gone: number[] = []
  for (const { id, schema } of tree.nodes.values()) {
    if (id > 0 && !schema.isService && !(isSame && kept.has(id))) gone.push(id)
  }
  const removals: readonly Operation[] = isSame ? gone.map((id) => ({ kind: 'remove', id })) : []
  const left = new Set(gone)
  const operations = prepareOperations(
    { tree, find: (id) => (left.has(id) ? undefined : tree.nodes.get(id)) },
    [...snapshot.creates, ...removals],
  )
  const removedFirst = isSame ? [] : removeReplicas(tree, gone)
  const removed = new Map([...removedFirst, ...performOperations(tree, operations)])
  finishPatch(tree, snapshot)
  return { removed }
}
