import type { DataModel } from '../tree/data-model.ts'
import type { Create, Operation } from '../tree/operation.ts'
import { treeOf } from '../tree/tree.ts'
import { type AppliedPatch, applyPatch } from './apply-patch.ts'
import { extrasBelow } from './differences.ts'

/**
 * Makes an instance of a replica and all below it equal to what the server tells, and removes it where that is nothing;
 * the rest stays, and so do records that are equal already. Throws a DataModelError for what does not fit, and then has
 * changed nothing.
 */
export function applyBelow(
  game: DataModel,
  { id, creates }: { readonly id: number; readonly creates: readonly Create[] },
): AppliedPatch {
  const removals = extrasBelow(treeOf(game), id, creates).map(
    (node): Operation => ({ kind: 'remove', id: node.id }),
  )
  return applyPatch(game, { ...game.stamp, operations: [...creates, ...removals] })
}
