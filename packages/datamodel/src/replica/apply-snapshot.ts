import { DataModelError } from '../errors.ts'
import { draftOf, lateDraftOf, markDirty } from '../instance/draft.ts'
import type { Instance } from '../instance/instance.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { fireArrival } from '../instance/parenting.ts'
import { late, placeKey } from '../instance/write-cause.ts'
import { type Edit, IntMap } from '../int-map/int-map.ts'
import type { DataModel } from '../tree/data-model.ts'
import { everyone } from '../tree/domain.ts'
import type { Operation, SnapshotOperation } from '../tree/operation.ts'
import { publish, sealNodes } from '../tree/sealing.ts'
import { runsOf } from '../tree/told-run.ts'
import { type AppliedPatch, performOperations, prepareOperations } from './apply-patch.ts'
import { classesMade, expectClass } from './fitted-sets.ts'
import type { PatchBase } from './patch-check.ts'
import { firePlayerAdded } from './player-presence.ts'
import { removeReplicas } from './replica-membership.ts'
import { createSnapshotStage, type SnapshotStage, Stage } from './snapshot-stage.ts'

/** Which state of which tree a snapshot shows. */
export interface SnapshotStamp {
  readonly seq: number
  readonly tick: number
  readonly timeMs: number
  /** `same` keeps the handles of what is there already; `other` is another run of the place, whose ids mean other things. */
  readonly tree: 'same' | 'other'
}

/** A whole view of a tree, as a join or a resume brings it. */
export interface ReplicaSnapshot extends SnapshotStamp {
  /** All instances, and beside them what the owner sees of some. */
  readonly operations: readonly SnapshotOperation[]
}

/** As `showSnapshot`, of a snapshot that is all there. */
export function applySnapshot(game: DataModel, snapshot: ReplicaSnapshot): AppliedPatch {
  const stage = createSnapshotStage(game)
  stage.add(runsOf(snapshot.operations))
  return showSnapshot(stage, snapshot)
}

/**
 * Makes a replica equal to a snapshot in one step: unchanged records stay `===`, what the snapshot lacks is removed.
 * Throws a DataModelError for a snapshot that does not fit, and then has changed nothing. Shows a stage once.
 */
export function showSnapshot(stage: SnapshotStage, at: SnapshotStamp): AppliedPatch {
  if (!(stage instanceof Stage)) throw new TypeError('a stage is what createSnapshotStage made')
  const { tree, nodes, rest } = stage
  const isSame = at.tree === 'same'
  const gone = idsToRemove(stage, isSame)
  const removals: readonly Operation[] = isSame ? gone.map((id) => ({ kind: 'remove', id })) : []
  const left = new Set(gone)
  const find = (id: number): Node | undefined =>
    nodes.get(id) ?? (left.has(id) ? undefined : tree.nodes.get(id))
  expectOwned(stage, find)
  const operations = prepareOperations({ tree, find }, [...rest, ...removals])
  const removedFirst = isSame ? [] : removeReplicas(tree, gone)
  enter(stage)
  const removed = new Map([
    ...removedFirst,
    ...performOperations(tree, { operations, made: stage.listening }),
  ])
  for (const { node, property, target } of stage.references) {
    lateDraftOf(node, property.name).values[property.index] =
      typeof target === 'number' ? (tree.nodes.get(target)?.handle ?? null) : null
  }
  finish(stage, at)
  return { removed }
}

/** What the replica has and the snapshot does not. */
function idsToRemove({ tree, made, rest }: Stage, isSame: boolean): readonly number[] {
  const kept = new Set(rest.map(({ id }) => id))
  const gone: number[] = []
  for (const { id, schema } of tree.nodes.values()) {
    if (id > 0 && !schema.isService && !(isSame && kept.has(id))) gone.push(id)
  }
  if (!isSame) return gone
  for (const { id } of made) {
    if (!tree.nodes.has(id)) continue
    throw new DataModelError(
      'notFound',
      `cannot show a snapshot: instance ${id} came while its parts did. Ask for a fresh snapshot.`,
    )
  }
  return gone
}

/** Refuses what is told to owners as if it were of other classes. */
function expectOwned({ tree, rest, owned }: Stage, find: PatchBase['find']): void {
  if (owned.length === 0) return
  const beside = classesMade([{ kind: 'operations', operations: rest }])
  for (const run of owned) expectClass({ tree, find }, run, beside)
}

/** Puts everything that was made into the tree, and tells the listeners around it. */
function enter({ tree, made, nodes, arrivals }: Stage): void {
  for (const node of made) {
    node.tree = tree
    node.isInTree = true
    node.domain = everyone
    if (node.observers === null) node.cause = late
    else markDirty(node, placeKey)
    tree.sums?.touch(node)
  }
  tree.nodes.absorb(nodes)
  for (const [service, { orders, handles }] of arrivals) {
    const draft = draftOf(service, null)
    const came = { keys: orders, values: handles }
    draft.childrenByOrder = withAll(draft.childrenByOrder, came, tree.edit)
  }
  // What is made mostly lies where the one before lies, so each place is asked once.
  let last: Instance | null = null
  let isHeard = false
  const heard: Node[] = []
  for (const node of made) {
    const { parent } = node.now
    if (parent !== last) isHeard = hearsOfArrivals(parent)
    last = parent
    if (!isHeard) continue
    heard.push(node)
    fireArrival([node], parent)
  }
  for (const { handle, now } of heard) if (now.parent !== null) firePlayerAdded(handle, now.parent)
}

/** Whether anybody listens to what arrives there. What arrives has no listeners itself. */
function hearsOfArrivals(parent: Instance | null): boolean {
  if (parent !== null && nodeOf(parent).signals !== null) return true
  for (let at = parent; at !== null; at = nodeOf(at).now.parent) {
    if (nodeOf(at).signals?.has('descendantAdded') === true) return true
  }
  return false
}

/** What was there and what came, which wins. Costs little where most of it came, in the order of its keys. */
function withAll<V>(
  there: IntMap<V>,
  { keys, values }: { readonly keys: readonly number[]; readonly values: readonly V[] },
  edit: Edit,
): IntMap<V> {
  const came = there.size > keys.length ? null : IntMap.ofAscending(keys, values)
  let all = came ?? there
  if (came !== null) for (const [key, value] of there) all = came.has(key) ? all : all.set(key, value, edit)
  else
    for (const [at, key] of keys.entries()) {
      const value = values[at]
      if (value !== undefined) all = all.set(key, value, edit)
    }
  return all
}

function finish({ tree, made }: Stage, at: SnapshotStamp): void {
  const dirty = tree.dirty
  tree.dirty = []
  const sealed = sealNodes(tree, dirty)
  publish(
    tree,
    { ...sealed, hasNewShape: sealed.hasNewShape || made.length > 0 },
    { seq: at.seq, tick: at.tick, timeMs: at.timeMs },
  )
}
