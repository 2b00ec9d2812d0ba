import type { Node } from '../instance/node.ts'
import { copyToDraft } from '../instance/record.ts'
import { forgetCauses, late } from '../instance/write-cause.ts'
import { Edit } from '../int-map/int-map.ts'
import type { Patch } from './operation.ts'
import { sealRecord } from './record-seal.ts'
import type { Tree } from './tree.ts'
import type { TreeStamp } from './tree-snapshot.ts'

/** A client's commit of what was written locally: records alone, at the server's last time, which only patches move. */
export function commitLocally(tree: Tree, tick: number): Patch {
  const dirty = tree.dirty
  tree.dirty = []
  const at = { seq: tree.stamp.seq, tick, timeMs: tree.stamp.timeMs }
  publish(tree, sealNodes(tree, dirty), at)
  const nothing = new Map<never, never>()
  return {
    ...at,
    segments: nothing,
    conditions: nothing,
    arrivals: nothing,
    departures: nothing,
    changes: nothing,
    audiences: tree.audiences,
    hidFromAll: false,
  }
}

/** What has another record than before. */
interface Sealed {
  /** How many. */
  readonly count: number
  /** Those of them that are observed. */
  readonly observed: readonly Node[]
  /** Whether any was made, moved, renamed or taken away. */
  readonly hasNewShape: boolean
}

/** Gives every dirty node its new record. */
export function sealNodes(tree: Tree, dirty: readonly Node[]): Sealed {
  const observed: Node[] = []
  let count = 0
  let hasNewShape = false
  const { sums } = tree
  const keepsRecords = tree.side === 'server'
  for (const node of dirty) {
    sums?.touch(node)
    node.edits = null
    forgetCauses(node)
    if (!node.isInTree) {
      if (node.record === null) continue
      if (keepsRecords) tree.records = tree.records.delete(node.id, tree.edit)
      if (node.now === node.record) node.now = copyToDraft(node.record, node.id)
      node.record = null
      hasNewShape = true
      count += 1
      if (node.observers !== null) observed.push(node)
      continue
    }
    if (node.record === null && !keepsRecords && node.observers === null) {
      node.cause = late
      hasNewShape = true
      continue
    }
    const news = node.now === node.record ? 'same' : sealRecord(node)
    if (news === 'same' || node.record === null) continue
    if (keepsRecords) tree.records = tree.records.set(node.id, node.record, tree.edit)
    if (news === 'shape') hasNewShape = true
    count += 1
    if (node.observers !== null) observed.push(node)
  }
  return { count, observed, hasNewShape }
}

/** Makes the new records the tree's snapshot and tells the stores; each listener is called once. */
export function publish(tree: Tree, changed: Sealed, at: TreeStamp): void {
  tree.edit = new Edit()
  tree.stamp = Object.freeze(at)
  notify(tree, changed)
}

function notify(tree: Tree, { observed, hasNewShape }: Sealed): void {
  for (const { observers } of observed) if (observers !== null) callEach(tree, observers)
  if (!hasNewShape) return
  tree.structureVersion += 1
  callEach(tree, tree.structureObservers)
}

/** Those who are there now; one that an earlier one stops is not called any more. */
function callEach(tree: Tree, observers: ReadonlySet<() => void>): void {
  for (const observer of Array.from(observers)) {
    if (!observers.has(observer)) continue
    try {
      observer()
    } catch (error) {
      tree.options.report(error, 'observer')
    }
  }
}
