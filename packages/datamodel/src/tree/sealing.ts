import type { Node } from '../instance/node.ts'
import { copyToDraft } from '../instance/record.ts'
import { forgetCauses } from '../instance/write-cause.ts'
import { Edit } from '../int-map/int-map.ts'
import type { Patch } from './operation.ts'
import { sealRecord } from './record-seal.ts'
import type { Tree } from './tree.ts'

/** A client's commit of what was written locally: records alone, at the server's last time, which only patches move. */
export function commitLocally(tree: Tree, tick: number): Patch {
  const dirty = tree.dirty
  tree.dirty = []
  const at = { seq: tree.snapshot.seq, tick, timeMs: tree.snapshot.timeMs }
  publish(tree, sealNodes(tree, dirty), at)
  const nothing = new Map<never, never>()
  return {
    ...at,
    segments: nothing,
    causes: nothing,
    conditions: nothing,
    arrivals: nothing,
    departures: nothing,
    changes: nothing,
    audiences: tree.audiences,
    hidFromAll: false,
  }
}

/** Gives every dirty node its new record; returns those whose record changed or went away. */
export function sealNodes(tree: Tree, dirty: readonly Node[]): readonly Node[] {
  const changed: Node[] = []
  const { sums } = tree
  for (const node of dirty) {
    sums?.touch(node)
    node.edits = null
    forgetCauses(node)
    if (!node.isInTree) {
      if (node.record === null) continue
      if (node.id > 0) tree.records = tree.records.delete(node.id, tree.edit)
      if (node.now === node.record) node.now = copyToDraft(node.record, node.id)
      node.record = null
      node.shapeChanged = true
      changed.push(node)
    } else if (node.now !== node.record && sealRecord(node)) {
      if (node.record !== null && node.id > 0) {
        tree.records = tree.records.set(node.id, node.record, tree.edit)
      }
      changed.push(node)
    }
  }
  return changed
}

/** Makes the new records the tree's snapshot and tells the stores; each listener is called once. */
export function publish(
  tree: Tree,
  changed: readonly Node[],
  at: { readonly seq: number; readonly tick: number; readonly timeMs: number },
): void {
  tree.edit = new Edit()
  tree.snapshot = Object.freeze({
    ...at,
    records: tree.records,
    audiences: tree.audiences,
    definition: tree.definition,
  })
  notify(tree, changed)
}

function notify(tree: Tree, changed: readonly Node[]): void {
  const hasStructureChanged = changed.some((node) => node.shapeChanged)
  for (const node of changed) {
    node.shapeChanged = false
    if (node.observers !== null) callEach(tree, node.observers)
  }
  if (!hasStructureChanged) return
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
