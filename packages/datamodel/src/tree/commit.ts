import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import { nodeOf } from '../instance/node.ts'
import { copyToDraft } from '../instance/record.ts'
import { causeOf, forgetCauses, placeKey } from '../instance/write-cause.ts'
import { Edit } from '../int-map/int-map.ts'
import { createOperation } from './create-operation.ts'
import { diffOperations } from './diff-operations.ts'
import { type Domain, nobody } from './domain.ts'
import type { Operation, OperationCause, Patch } from './operation.ts'
import { roundProperties, sealRecord } from './record-seal.ts'
import type { Tree } from './tree.ts'

type Emit = (domain: Domain, operation: Operation, cause: OperationCause) => void

/**
 * Turns the dirty set into records and operations. A node that was written but ends up equal keeps its record; one
 * whose audience changed departs from the old domain and arrives whole in the new one.
 */
export function commitTree(tree: Tree, tick: number): Patch {
  const dirty = tree.dirty
  tree.dirty = []
  const segments = new Map<Domain, Operation[]>()
  const causes = new Map<Domain, OperationCause[]>()
  // Neighbors mostly share a domain: no look-up for each operation.
  let last: Domain = nobody
  let segment: Operation[] = []
  let told: OperationCause[] = []
  const emit: Emit = (domain, operation, cause) => {
    if (domain === nobody) return
    if (domain !== last) {
      last = domain
      segment = segments.get(domain) ?? []
      told = causes.get(domain) ?? []
      segments.set(domain, segment)
      causes.set(domain, told)
    }
    segment.push(operation)
    told.push(cause)
  }
  if (tree.side === 'server') {
    dirty.sort(compareForWire)
    for (const node of dirty) {
      if (node.isInTree) roundProperties(node)
      describeChange(tree, node, emit)
    }
  }
  const changed = sealNodes(tree, dirty)
  const { seq, timeMs } = tree.snapshot
  const hasChanged = changed.length > 0 || segments.size > 0
  // A client's own commits happen at the server's last time: only patches move it.
  const at =
    tree.side === 'client'
      ? { seq, tick, timeMs }
      : { seq: hasChanged ? seq + 1 : seq, tick, timeMs: tree.clock.now() }
  publish(tree, changed, at)
  return { ...at, segments, causes }
}

/** The wire tells ids as differences, which are small between neighbors; what is new stays in the order of its arrival. */
function compareForWire(a: Node, b: Node): number {
  if (a.record !== null && b.record !== null) return a.id - b.id
  return Number(a.record === null) - Number(b.record === null)
}

function describeChange(tree: Tree, node: Node, emit: Emit): void {
  const { record, committedDomain } = node
  if (record === null) {
    if (node.isInTree && node.domain !== nobody)
      emit(node.domain, createOperation(tree.definition, node), causeOf(node, placeKey))
    return
  }
  if (node.isInTree && node.domain === committedDomain) {
    if (committedDomain === nobody) return
    return diffOperations(node, record, (operation, cause) => emit(committedDomain, operation, cause))
  }
  if (!isRemovedWithParent(node, record.parent)) {
    emit(committedDomain, { kind: 'remove', id: node.id }, causeOf(node, placeKey))
  }
  if (node.isInTree && node.domain !== nobody)
    emit(node.domain, createOperation(tree.definition, node), causeOf(node, placeKey))
}

/**
 * Whether the removal of its old parent takes this node along at everyone who saw it: the parent left the tree, or
 * both went to the same new audience.
 */
function isRemovedWithParent(node: Node, oldParent: Instance | null): boolean {
  if (oldParent === null) return false
  const parent = nodeOf(oldParent)
  if (!parent.isInTree) return true
  const hasDeparted = parent.domain !== parent.committedDomain
  return hasDeparted && node.isInTree && node.domain === parent.domain
}

/** Gives every dirty node its new record; returns those whose record changed or went away. */
export function sealNodes(tree: Tree, dirty: readonly Node[]): readonly Node[] {
  const changed: Node[] = []
  for (const node of dirty) {
    node.edits = null
    forgetCauses(node)
    node.committedDomain = node.domain
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
  tree.snapshot = Object.freeze({ ...at, records: tree.records, definition: tree.definition })
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
