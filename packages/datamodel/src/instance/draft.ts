import { sealLate } from './late-record.ts'
import type { Node } from './node.ts'
import { copyToDraft, type Draft } from './record.ts'
import { clean, late, noteCause } from './write-cause.ts'

/**
 * The version of a node that may be written. The first write after a commit copies the record and puts the node into
 * its DataModel's dirty set; later ones are free. The key is that of what the caller writes, null for links that no
 * operation tells of.
 */
export function draftOf(node: Node, key: string | null): Draft {
  sealLate(node)
  if (node.now === node.record) node.now = copyToDraft(node.record, node.id)
  markDirty(node, key)
  return node.now as Draft
}

/** As `draftOf`, for a value that a patch tells: where nobody observes the node, no commit needs to look at it. */
export function lateDraftOf(node: Node, key: string): Draft {
  if (node.observers !== null || (node.cause !== late && node.cause !== clean)) return draftOf(node, key)
  node.tree?.sums?.touch(node)
  if (node.now === node.record) node.now = copyToDraft(node.record, node.id)
  node.cause = late
  return node.now as Draft
}

/** Puts a node into the dirty set, so that the next commit looks at it, and remembers why. */
export function markDirty(node: Node, key: string | null): void {
  if (node.tree === null) return
  sealLate(node)
  const { cause } = node.tree
  if (node.cause === cause) return
  if (node.cause !== clean) return noteCause(node, key, cause)
  if (!node.isInTree && node.record === null) return
  node.cause = cause
  node.tree.addDirty(node)
}
