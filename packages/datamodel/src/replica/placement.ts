import type { Node } from '../instance/node.ts'
import { fireArrival, fireDeparture, relink, unlink } from '../instance/parenting.ts'
import { subtreeOf } from '../instance/subtree.ts'
import type { Tree } from '../tree/tree.ts'
import { rootId } from '../tree/tree-snapshot.ts'
import { firePlayerAdded } from './player-presence.ts'

/** Where a patch puts a node. */
export interface Placement {
  readonly node: Node
  /** The parent's id; 0 for the DataModel itself. */
  readonly parent: number
  readonly order: number
}

/**
 * Moves all at once: first every node leaves its old place, then each takes its new one, so that no order of moves
 * makes a cycle. Listeners hear of each node once, from where it was before all moves to where it is after them. The
 * caller has checked that the parents are there.
 */
export function placeNodes(tree: Tree, placements: readonly Placement[]): void {
  const moves = placements.flatMap(({ node, parent: parentId, order }) => {
    const to = tree.nodes.get(parentId)?.handle
    const from = node.now.parent
    if (to === undefined || node.id === rootId || (from === to && node.now.order === order)) return []
    return [{ node, from, to, order }]
  })
  const travels = moves.filter(({ from, to }) => from !== to)
  const travelers = new Set(travels.map(({ node }) => node))
  for (const { node, from } of travels) if (from !== null) fireDeparture(subtreeOf(node, travelers), from)
  for (const { node } of moves) unlink(node)
  for (const { node, to, order } of moves) relink(node, to, order)
  for (const { node, to } of travels) fireArrival(subtreeOf(node, travelers), to)
  for (const { node, from, to } of travels) if (from === null) firePlayerAdded(node.handle, to)
}
