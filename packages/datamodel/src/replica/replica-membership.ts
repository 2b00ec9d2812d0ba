import { markDirty } from '../instance/draft.ts'
import { type Instance, placeMade } from '../instance/instance.ts'
import { makeBare, markDestroyed } from '../instance/lifecycle.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { fireArrival, fireDeparture, unlink } from '../instance/parenting.ts'
import type { Draft } from '../instance/record.ts'
import { subtreeOf } from '../instance/subtree.ts'
import { placeKey } from '../instance/write-cause.ts'
import { everyone } from '../tree/domain.ts'
import type { Create } from '../tree/operation.ts'
import type { Tree } from '../tree/tree.ts'
import { firePlayerRemoving } from './player-presence.ts'

/**
 * Makes the node for a create operation, or takes the one that was made for it; it has no place yet. The caller has
 * checked that there is such a class.
 */
export function makeReplica(tree: Tree, create: Create, made: Node | undefined): Node | undefined {
  const Class = tree.definition.classes[create.classNumber]
  if (Class === undefined) return undefined
  const node = made ?? nodeOf(makeBare(Class, placeMade))
  node.id = create.id
  ;(node.now as Draft).id = create.id
  node.tree = tree
  node.isInTree = true
  node.domain = everyone
  tree.addNode(node)
  markDirty(node, placeKey)
  return node
}

/** Removes instances and all below them; ids that are gone already are passed over. */
export function removeReplicas(tree: Tree, ids: readonly number[]): ReadonlyMap<number, Instance> {
  const removed = new Map<number, Instance>()
  for (const id of ids) {
    const node = tree.nodes.get(id)
    if (node === undefined || node.schema.isService) continue
    const subtree = subtreeOf(node)
    const from = node.now.parent
    if (from !== null) fireDeparture(subtree, from)
    unlink(node)
    detach(tree, subtree, removed)
    fireArrival(subtree, null)
    firePlayerRemoving(node.handle, from)
    markDestroyed(subtree)
  }
  return removed
}

function detach(tree: Tree, subtree: readonly Node[], removed: Map<number, Instance>): void {
  for (const node of subtree) {
    markDirty(node, placeKey)
    node.isInTree = false
    tree.removeNode(node)
    removed.set(node.id, node.handle)
  }
}
