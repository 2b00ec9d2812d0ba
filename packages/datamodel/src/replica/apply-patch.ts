import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import type { DataModel } from '../tree/data-model.ts'
import type { Operation } from '../tree/operation.ts'
import { publish, sealNodes } from '../tree/sealing.ts'
import { expandRuns, type ToldRun, type ToldSets } from '../tree/told-run.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import type { TreeStamp } from '../tree/tree-snapshot.ts'
import { resolveEdits } from './edit-resolution.ts'
import { classesMade, expectClass, expectSets, type FittedSets, writeSets } from './fitted-sets.ts'
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
export interface ReplicaPatch extends TreeStamp {
  readonly operations: readonly Operation[]
}

/** The same in columns, as it is decoded. */
export interface ReplicaRuns extends TreeStamp {
  readonly runs: readonly ToldRun[]
}

const nothing: ReadonlyMap<number, Instance> = new Map()
const noNodes: ReadonlyMap<number, Node> = new Map()

/** What an applied patch left behind. */
export interface AppliedPatch {
  /** Handles of what it removed, by id: event arguments may still name them. */
  readonly removed: ReadonlyMap<number, Instance>
}

/** As `applyRuns`, of operations one by one. */
export function applyPatch(game: DataModel, { operations, ...at }: ReplicaPatch): AppliedPatch {
  return applyRuns(game, { ...at, runs: [{ kind: 'operations', operations }] })
}

/**
 * Applies a patch to a client's replica in phases (make, place, write, remove), so that the order of operations does
 * not matter; then stores hear of it once, and handlers are queued for the next drain. Throws a DataModelError for
 * operations that do not fit the tree, and then has changed nothing: a snapshot mends the replica.
 */
export function applyRuns(game: DataModel, { runs, seq, tick, timeMs }: ReplicaRuns): AppliedPatch {
  const tree = treeOf(game)
  const base: PatchBase = { tree, find: (id) => tree.nodes.get(id) }
  const { sets, others } = sortRuns(base, runs)
  const columns = sets.map((run) => expectSets(base, run))
  const operations = prepareOperations(base, expandRuns(others))
  const removed = performOperations(tree, { operations, columns })
  finishPatch(tree, { seq, tick, timeMs })
  return { removed }
}

/** Which runs are written in columns: those of instances that are there before the patch. */
function sortRuns(
  base: PatchBase,
  runs: readonly ToldRun[],
): {
  readonly sets: readonly ToldSets[]
  readonly others: readonly ToldRun[]
} {
  const made = classesMade(runs)
  const sets: ToldSets[] = []
  const others: ToldRun[] = []
  for (const run of runs) {
    if (run.kind === 'sets' && !(made.size > 0 && run.ids.some((id) => made.has(id)))) sets.push(run)
    else {
      if (run.kind === 'sets') expectClass(base, run, made)
      others.push(run)
    }
  }
  return { sets, others }
}

/** Everything that can fail: throws when the operations do not fit, else returns the ones to perform. */
export function prepareOperations(base: PatchBase, operations: readonly Operation[]): readonly Operation[] {
  checkOperations(base, operations)
  return mergeOwned(resolveEdits(base, operations))
}

/** What fits a tree. */
interface Prepared {
  readonly operations: readonly Operation[]
  readonly columns?: readonly FittedSets[]
  /** What was made for one of the operations already, by its id. */
  readonly made?: ReadonlyMap<number, Node>
}

/** All phases; makes no records yet. */
export function performOperations(
  tree: Tree,
  { operations, columns = [], made = noNodes }: Prepared,
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
  // What they refer to may have been made just now.
  for (const set of columns) writeSets(set)
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
function finishPatch(tree: Tree, at: TreeStamp): void {
  const dirty = tree.dirty
  tree.dirty = []
  publish(tree, sealNodes(tree, dirty), at)
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
