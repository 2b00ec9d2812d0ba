import { DataModelError } from '../errors.ts'
import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import { baseOf } from '../instance/overlay.ts'
import { applyNestedEdits, type NestedEdit } from '../nested-edit.ts'
import { publish, sealNodes } from '../tree/commit.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Create, Operation } from '../tree/operation.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { type Placement, placeNodes } from './placement.ts'
import { makeReplica, removeReplicas } from './replica-membership.ts'
import { receiveAttribute, receiveName, receiveProperty, receiveTags, receiveWhole } from './replica-write.ts'

/** Operations for one replica: the segments of all domains that its player sees, in any order. */
export interface ReplicaPatch {
  readonly seq: number
  readonly tick: number
  readonly timeMs: number
  readonly operations: readonly Operation[]
}

/** What an applied patch left behind. */
export interface AppliedPatch {
  /** Handles of what it removed, by id: event arguments may still name them. */
  readonly removed: ReadonlyMap<number, Instance>
}

/**
 * Applies a patch to a client's replica in phases (make, place, write, remove), so that the order of operations does
 * not matter; then stores hear of it once, and handlers are queued for the next drain. Throws a DataModelError for
 * operations that do not fit the tree: the replica is then unusable until a snapshot replaces it.
 */
export function applyPatch(game: DataModel, patch: ReplicaPatch): AppliedPatch {
  const tree = treeOf(game)
  const removed = applyOperations(tree, patch.operations)
  finishPatch(tree, patch)
  return { removed }
}

/** All phases, without making records. */
export function applyOperations(tree: Tree, operations: readonly Operation[]): ReadonlyMap<number, Instance> {
  const creates = new Map<number, Create>()
  for (const operation of operations) {
    if (operation.kind !== 'create') continue
    creates.set(operation.id, operation)
    if (!tree.nodes.has(operation.id)) makeReplica(tree, operation)
  }
  const placements: Placement[] = []
  for (const operation of operations) {
    if (operation.kind !== 'create' && operation.kind !== 'move') continue
    placements.push({ node: nodeAt(tree, operation.id), parent: operation.parent, order: operation.order })
  }
  placeNodes(tree, placements)
  for (const operation of operations) write(tree, operation)
  const gone = operations.filter((operation) => operation.kind === 'remove' && !creates.has(operation.id))
  return removeReplicas(
    tree,
    gone.map(({ id }) => id),
  )
}

/** Turns what was applied into records and tells the stores. */
export function finishPatch(tree: Tree, at: Omit<ReplicaPatch, 'operations'>): void {
  const dirty = tree.dirty
  tree.dirty = []
  publish(tree, sealNodes(tree, dirty), { seq: at.seq, tick: at.tick, timeMs: at.timeMs })
}

function write(tree: Tree, operation: Operation): void {
  const { kind } = operation
  if (kind === 'move' || kind === 'remove') return
  const node = nodeAt(tree, operation.id)
  switch (kind) {
    case 'create':
      receiveWhole(tree, node, operation)
      break
    case 'set':
      for (const [index, raw] of operation.properties) {
        receiveProperty(tree, node, { property: propertyAt(node, index), raw })
      }
      break
    case 'edit':
      receiveEdits(tree, node, operation)
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
    default:
      kind satisfies never
  }
}

function receiveEdits(
  tree: Tree,
  node: Node,
  { property: index, edits }: { readonly property: number; readonly edits: readonly NestedEdit[] },
): void {
  const property = propertyAt(node, index)
  const base = baseOf(node, property.name, node.now.properties[property.name])
  receiveProperty(tree, node, { property, raw: applyNestedEdits(base, edits) })
}

function nodeAt(tree: Tree, id: number): Node {
  const node = tree.nodes.get(id)
  if (node !== undefined) return node
  throw new DataModelError(
    'notFound',
    `cannot apply a patch to instance ${id}: the replica does not have it. Ask for a fresh snapshot.`,
  )
}

function propertyAt(node: Node, index: number) {
  const property = node.schema.properties[index]
  if (property?.type.replicates === true) return property
  throw new DataModelError(
    'notFound',
    `cannot apply a patch to property ${index} of ${node.schema.name}: the class has no such replicated property. Ask for a fresh snapshot.`,
  )
}
