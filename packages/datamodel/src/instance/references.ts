import type { Tree } from '../tree/tree.ts'
import type { Instance } from './instance.ts'
import { type Node, nodeOf } from './node.ts'

/**
 * A server's tree knows at each instance which others refer to it, because a change of its audience changes what those
 * others tell. Only referrers inside the tree are counted: nothing holds on to what has left it.
 */
export function addReferences(node: Node): void {
  for (const target of targetsOf(node)) count(node, target, 1)
}

/** Forgets the references of a node that leaves the tree. */
export function dropReferences(node: Node): void {
  for (const target of targetsOf(node)) count(node, target, -1)
}

/** A reference property of a node was written. */
export function moveReference(node: Node, from: unknown, to: unknown): void {
  if (!node.isInTree || node.tree?.side !== 'server') return
  if (from !== null) count(node, nodeOf(from as Instance), -1)
  if (to !== null) count(node, nodeOf(to as Instance), 1)
}

/** An instance that a reference of the node leads to, although it belongs to another DataModel; or null. */
export function foreignTargetOf(node: Node, tree: Tree): Node | null {
  for (const target of targetsOf(node)) {
    if (target.tree !== null && target.tree !== tree) return target
  }
  return null
}

function* targetsOf(node: Node): Iterable<Node> {
  for (const { index } of node.schema.references) {
    const target = node.now.values[index]
    if (target !== null) yield nodeOf(target as Instance)
  }
}

function count(referrer: Node, target: Node, change: 1 | -1): void {
  target.referrers ??= new Map()
  const total = (target.referrers.get(referrer) ?? 0) + change
  if (total > 0) target.referrers.set(referrer, total)
  else target.referrers.delete(referrer)
  if (target.referrers.size === 0) target.referrers = null
}
