import type { DataModel } from '../tree/data-model.ts'
import type { Create } from '../tree/operation.ts'
import { treeOf } from '../tree/tree.ts'
import { type AppliedPatch, applyOperations, finishPatch } from './apply-patch.ts'
import { removeReplicas } from './replica-membership.ts'

/** A whole view of a tree, as a join or a resume brings it. */
export interface ReplicaSnapshot {
  readonly seq: number
  readonly tick: number
  readonly timeMs: number
  readonly creates: readonly Create[]
  /** `same` keeps the handles of what is there already; `other` is another run of the place, whose ids mean other things. */
  readonly tree: 'same' | 'other'
}

/** Makes a replica equal to a snapshot in one step: unchanged records stay `===`, what the snapshot lacks is removed. */
export function applySnapshot(game: DataModel, snapshot: ReplicaSnapshot): AppliedPatch {
  const tree = treeOf(game)
  const kept = new Set(snapshot.creates.map(({ id }) => id))
  const gone = [...tree.nodes.keys()].filter((id) => id > 0 && (snapshot.tree === 'other' || !kept.has(id)))
  const removed = snapshot.tree === 'other' ? removeReplicas(tree, gone) : new Map()
  const removals = snapshot.tree === 'other' ? [] : gone.map((id) => ({ kind: 'remove', id }) as const)
  const removedLater = applyOperations(tree, [...snapshot.creates, ...removals])
  finishPatch(tree, snapshot)
  return { removed: new Map([...removed, ...removedLater]) }
}
