import type { Node } from './node.ts'
import { copyToDraft, type Draft } from './record.ts'

/**
 * The version of a node that may be written. The first write after a commit copies the record and puts the node into
 * its DataModel's dirty set; later ones are free.
 */
export function draftOf(node: Node): Draft {
  if (node.now === node.record) node.now = copyToDraft(node.record, node.id)
  markDirty(node)
  return node.now as Draft
}

/** Puts a node into the dirty set, so that the next commit looks at it. */
export function markDirty(node: Node): void {
  if (node.isDirty || node.tree === null) return
  if (!node.isInTree && node.record === null) return
  node.isDirty = true
  node.tree.addDirty(node)
}
