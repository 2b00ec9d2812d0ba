import { sealRecord } from '../tree/record-seal.ts'
import type { Node } from './node.ts'
import type { InstanceRecord } from './record.ts'
import { clean, late } from './write-cause.ts'

// Patches move many instances of a replica many times between two looks at their records, if anybody ever looks. So what
// they write to stays a draft until somebody asks: then it becomes the record, and the next patch copies it.

/** A node as the last commit or patch left it; null for what is not in the tree. */
export function recordOf(node: Node): InstanceRecord | null {
  sealLate(node)
  return node.record
}

/** Makes the record of a node that has none of its last version yet; whoever writes anything but what a patch tells begins so. */
export function sealLate(node: Node): void {
  if (node.cause !== late) return
  node.cause = clean
  sealRecord(node)
}
