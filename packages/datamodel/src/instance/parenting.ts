import { describeValue } from '../data/value-description.ts'
import { DataModelError } from '../errors.ts'
import { draftOf } from './draft.ts'
import type { Instance } from './instance.ts'
import { isBranded } from './instance-brand.ts'
import { checkMayEnter, enterTree, leaveTree, refreshDomains, takeOrder } from './membership.ts'
import { type Node, nodeOf } from './node.ts'
import { isServerOwned } from './overlay.ts'
import { firePropertyChanged, fireSignal } from './signals.ts'
import { isAtOrAbove, subtreeOf } from './subtree.ts'
import { placeKey } from './write-cause.ts'

/** A write to `parent` by user code. Throws before anything has changed; signals tell of it afterwards. */
export function setParent(node: Node, parent: Instance | null): void {
  if (parent === node.now.parent) return
  checkMove(node, parent)
  const subtree = subtreeOf(node)
  const from = node.now.parent
  const wasInTree = node.isInTree
  const tree = parent !== null && nodeOf(parent).isInTree ? nodeOf(parent).tree : null
  if (tree !== null && !wasInTree) checkMayEnter(subtree, tree)

  if (from !== null) fireDeparture(subtree, from)
  relink(node, parent, parent === null ? 0 : takeOrder(nodeOf(parent)))
  if (tree !== null) {
    if (wasInTree) refreshDomains(subtree, tree)
    else enterTree(subtree, tree)
  } else if (wasInTree && node.tree !== null) {
    leaveTree(subtree, node.tree)
  }
  fireArrival(subtree, parent)
}

/** Changes the links alone: the parent's children and the child's parent and order. */
export function relink(node: Node, parent: Instance | null, order: number): void {
  unlink(node)
  const draft = draftOf(node, placeKey)
  draft.parent = parent
  draft.order = order
  if (parent === null) return
  const above = draftOf(nodeOf(parent), null)
  above.childrenByOrder = above.childrenByOrder.set(order, node.handle, editOf(nodeOf(parent)))
}

/** Takes a node out of its parent's children; its own parent field stays for the caller to set. */
export function unlink(node: Node): void {
  const parent = node.now.parent
  if (parent === null) return
  const above = nodeOf(parent)
  if (above.now.childrenByOrder.get(node.now.order) !== node.handle) return
  const draft = draftOf(above, null)
  draft.childrenByOrder = draft.childrenByOrder.delete(node.now.order, editOf(above))
}

/**
 * Queues what a move tells the listeners around the old place; to be called while the links are still there. What
 * moves is the first of the subtree.
 */
export function fireDeparture(subtree: readonly Node[], from: Instance): void {
  for (let at: Instance | null = from; at !== null; at = nodeOf(at).now.parent) {
    if (nodeOf(at).signals?.has('descendantRemoving') !== true) continue
    for (const node of subtree) fireSignal(nodeOf(at), 'descendantRemoving', node.handle, from)
  }
  fireSignal(nodeOf(from), 'childRemoved', subtree[0]?.handle)
}

/** Queues what a move tells the listeners of what moved and around the new place; to be called with the new links. */
export function fireArrival(subtree: readonly Node[], to: Instance | null): void {
  const moved = subtree[0]
  if (moved === undefined) return
  firePropertyChanged(moved, 'parent')
  for (const node of subtree) fireSignal(node, 'ancestryChanged', moved.handle, to)
  if (to === null) return
  fireSignal(nodeOf(to), 'childNamed')
  fireSignal(nodeOf(to), 'childAdded', moved.handle)
  for (let at: Instance | null = to; at !== null; at = nodeOf(at).now.parent) {
    if (nodeOf(at).signals?.has('descendantAdded') !== true) continue
    for (const node of subtree) fireSignal(nodeOf(at), 'descendantAdded', node.handle)
  }
}

function checkMove(node: Node, parent: Instance | null): void {
  const name = node.now.name
  if (node.isDestroyed) {
    throw new DataModelError(
      'destroyed',
      `cannot set the parent of "${name}": it is destroyed. Clone it before destroying it, or make a new one.`,
    )
  }
  if (node.schema.isService) {
    throw new DataModelError(
      'invalidValue',
      `cannot set the parent of "${name}": a service stays where it is. Parent its children instead.`,
    )
  }
  if (isServerOwned(node)) {
    throw new DataModelError(
      'serverOwned',
      `cannot set the parent of "${name}": the server owns the tree's shape. Fire a remote and let the server move it.`,
    )
  }
  if (parent === null) return
  if (!isBranded(parent)) {
    throw new DataModelError(
      'invalidValue',
      `cannot set the parent of "${name}": expected an Instance or null, got ${describeValue(parent)}. Take it out of the tree with null.`,
    )
  }
  if (nodeOf(parent).isDestroyed) {
    throw new DataModelError(
      'destroyed',
      `cannot parent "${name}" to "${parent.name}": the latter is destroyed. Choose a living parent.`,
    )
  }
  if (isAtOrAbove(node, nodeOf(parent))) {
    throw new DataModelError(
      'cycle',
      `cannot parent "${name}" to "${parent.getFullName()}": it would lie inside itself. Move one of them out first.`,
    )
  }
  const [own, target] = [node.tree, nodeOf(parent).tree]
  if (own !== null && target !== null && own !== target) {
    throw new DataModelError(
      'otherDataModel',
      `cannot parent "${name}" to "${parent.name}": they belong to different DataModels. Clone it, and parent the clone.`,
    )
  }
}

function editOf(node: Node) {
  return node.tree?.edit
}
