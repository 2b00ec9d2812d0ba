import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Operation } from '../tree/operation.ts'
import { publish, sealNodes } from '../tree/sealing.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { resolveEdits } from './edit-resolution.ts'
import { mergeOwned } from './owned-merge.ts'
import { checkOperations, type PatchBase } from './patch-check.ts'
import { type Placement, placeNodes } from './placement.ts'
import { makeReplica, removeReplicas } from './replica-membership.ts'
import {
  receiveAttribute,
  receiveName,
  receiveProperty,
  receiveShift,
  receiveTags,
  receiveWhole,
} from './replica-write.ts'

/** Operations for one replica: the segments of all domains that its player sees, in any order. */
export interface ReplicaPatch {
  readonly seq: number
  readonly tick: number
  readonly timeMs: number
  readonly operations: readonly Operation[]
}

const nothing: ReadonlyMap<number, Instance> = new Map()
const noNodes: ReadonlyMap<number, Node> = new Map()

/** What an applied patch left behind. */
export interface AppliedPatch {
  /** Handles of what it removed, by id: event arguments may still name them. */
  readonly removed: ReadonlyMap<number, Instance>
}

/**
 * Applies a patch to a client's replica in phases (make, place, write, remove), so that the order of operations does
 * not matter; then stores hear of it once, and handlers are queued for the next drain. Throws a DataModelError for
 * operations that do not fit the tree, and then has changed nothing: a snapshot mends the replica.
 */
export function applyPatch(game: DataModel, patch: ReplicaPatch): AppliedPatch {
  const tree = treeOf(game)
  const operations = prepareOperations({ tree, find: (id) => tree.nodes.get(id) }, patch.operations)
  const removed = performOperations(tree, operations)
  finishPatch(tree, patch)
  return { removed }
}

/** Everything that can fail: throws when the operations do not fit, else returns the ones to perform. */
export function prepareOperations(base: PatchBase, operations: readonly Operation[]): readonly Operation[] {
  checkOperations(base, operations)
  return mergeOwned(resolveEdits(base, operations))
}

/** All phases, for prepared operations; makes no records yet. What was made for one of them already is in `made`. */
export function performOperations(
  tree: Tree,
  operations: readonly Operation[],
  made: ReadonlyMap<number, Node> = noNodes,
): ReadonlyMap<number, Instance> {
  const placements: Placement[] = []
  for (const operation of operations) {
    if (operation.kind !== 'create' && operation.kind !== 'move') continue
    const { id, parent, order } = operation
    const known = tree.nodes.get(id)
    const node =
      known ?? (operation.kind === 'create' ? makeReplica(tree, operation, made.get(id)) : undefined)
    if (node !== undefined) placements.push({ node, parent, order })
  }
  if (placements.length > 0) placeNodes(tree, placements)
  let isRemoving = false
  for (const operation of operations) {
    if (operation.kind === 'remove') isRemoving = true
    const node = tree.nodes.get(operation.id)
    if (node !== undefined) write(node, operation)
  }
  return isRemoving ? removeReplicas(tree, idsToRemove(operations)) : nothing
}

/** What is both made and removed is there in the end. */
function idsToRemove(operations: readonly Operation[]): readonly number[] {
  const created = new Set<number>()
  for (const { kind, id } of operations) if (kind === 'create') created.add(id)
  return operations.flatMap(({ kind, id }) => (kind === 'remove' && !created.has(id) ? [id] : []))
}

/** Turns what was applied into records and tells the stores. */
function finishPatch(tree: Tree, at: Omit<ReplicaPatch, 'operations'>): void {
  const dirty = tree.dirty
  tree.dirty = []
  publish(tree, sealNodes(tree, dirty), { seq: at.seq, tick: at.tick, timeMs: at.timeMs })
}

function write(node: Node, operation: Operation): void {
  const { kind } = operation
  switch (kind) {
    case 'create':
      receiveWhole(node, operation)
      break
    case 'set':
      for (const entry of operation.properties) {
        const property = node.schema.properties[entry[0]]
        if (property !== undefined) receiveProperty(node, property, entry[1])
      }
      break
    case 'shift':
      for (const entry of operation.properties) {
        const property = node.schema.properties[entry[0]]
        if (property !== undefined) receiveShift(node, property, entry)
      }
      break
    case 'rename':
      receiveName(node, operation.name)
      break
    case 'attribute':
      receiveAttribute(node, operation.name, operation.value)
      break
    case 'tags':
      receiveTags(node, operation.tags)
      break
    case 'move':
    case 'remove':
    case 'edit': // resolved into a set
      break
    default:
      kind satisfies never
  }
}
