import { type Node, nodeOf } from './node.ts'

/**
 * The node and everything below it, parents before children, siblings in order; what `cut` has is left out with all
 * below it, the root excepted. Iterative: depth is no limit.
 */
export function subtreeOf(root: Node, cut: ReadonlySet<Node> | null = null): readonly Node[] {
  const found: Node[] = []
  const open: Node[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node)
    const children = [...node.now.childrenByOrder.values()]
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]
      if (child !== undefined && cut?.has(nodeOf(child)) !== true) open.push(nodeOf(child))
    }
  }
  return found
}

/** Whether `node` lies at or above `below`. */
export function isAtOrAbove(node: Node, below: Node): boolean {
  for (let at: Node | null = below; at !== null; at = at.now.parent === null ? null : nodeOf(at.now.parent)) {
    if (at === node) return true
  }
  return false
}
