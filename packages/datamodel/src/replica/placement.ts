import { DataModelError } from '../errors.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { fireMoveSignals, relink, unlink } from '../instance/parenting.ts'
import { subtreeOf } from '../instance/subtree.ts'
import type { Tree } from '../tree/tree.ts'
import { rootId } from '../tree/tree-snapshot.ts'

/** Where a patch puts a node. */
export interface Placement {
  readonly node: Node
  /** The parent's id; 0 for the DataModel itself. */
  readonly parent: number
  readonly order: number
}

/** Moves all at once: first every node leaves its old place, then each takes its new one, so that no order of moves makes a cycle. */
export function placeNodes(tree: Tree, placements: readonly Placement[]): void {
  const moves = placements.flatMap((placement) => {
    const { node, order } = placement
    if (node.id === rootId) return []
    const parent = parentOf(tree, placement)
    if (node.now.parent === parent.handle && node.now.order === order) return []
    return [{ node, parent, order, from: node.now.parent }]
  })
  for (const { node } of moves) unlink(node)
  for (const { node, parent, order } of moves) relink(node, parent.handle, order)
  checkConnected(moves.map(({ node }) => node))
  for (const { node, parent, from } of moves) {
    // A new node's own children come with moves of their own.
    if (from === null) fireMoveSignals([node], null, parent.handle)
    else if (from !== parent.handle) fireMoveSignals(subtreeOf(node), from, parent.handle)
  }
}

function parentOf(tree: Tree, { node, parent }: Placement): Node {
  const found = tree.nodes.get(parent)
  if (found !== undefined) return found
  throw new DataModelError(
    'notFound',
    `cannot place "${node.now.name}" (instance ${node.id}): the replica does not have its parent, instance ${parent}. Ask for a fresh snapshot.`,
  )
}

/** Refuses a patch whose moves close a circle; each ancestor is looked at once. */
function checkConnected(moved: readonly Node[]): void {
  const connected = new Set<Node>()
  for (const node of moved) {
    const path = new Set<Node>()
    for (let at: Node = node; at.id !== rootId && !connected.has(at); ) {
      if (path.has(at) || at.now.parent === null) {
        throw new DataModelError(
          'cycle',
          `cannot place "${node.now.name}" (instance ${node.id}): its ancestors do not lead to the root. Ask for a fresh snapshot.`,
        )
      }
      path.add(at)
      at = nodeOf(at.now.parent)
    }
    for (const at of path) connected.add(at)
  }
}
