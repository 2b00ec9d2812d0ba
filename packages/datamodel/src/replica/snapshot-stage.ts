import { draftOf } from '../instance/draft.ts'
import { type Instance, placeMade } from '../instance/instance.ts'
import { makeBare } from '../instance/lifecycle.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { Draft } from '../instance/record.ts'
import { Edit } from '../int-map/int-map.ts'
import type { AnyInstanceClass } from '../schema/define-class.ts'
import type { DataModel } from '../tree/data-model.ts'
import { NodeTable } from '../tree/node-table.ts'
import type { Operation } from '../tree/operation.ts'
import { createAt, expandRuns, type ToldCreates, type ToldRun, type ToldSets } from '../tree/told-run.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { type PendingReference, planOf, type StagePlan, writeStaged } from './staged-instance.ts'

/** What came to lie in a service. */
interface Arrivals {
  readonly orders: number[]
  readonly handles: Instance[]
}

/** An instance of a run. */
interface Row {
  readonly run: ToldCreates
  readonly at: number
  readonly Class: AnyInstanceClass
  readonly plan: StagePlan
}

/** A snapshot on its way. */
export interface SnapshotStage {
  /** Takes a part; costs the part. Throws what the constructor of a class throws. */
  add(runs: readonly ToldRun[]): void
}

/**
 * Begins a snapshot of a replica. What is new there, under services and under what is new, is made as its part arrives but
 * outside of the tree, so that the step that shows everything is short. A stage that is dropped leaves nothing behind.
 */
export function createSnapshotStage(game: DataModel): SnapshotStage {
  return new Stage(treeOf(game))
}

/** The inside of a stage, for who shows it. */
export class Stage implements SnapshotStage {
  readonly tree: Tree
  /** What was made, parents before children. */
  readonly made: Node[] = []
  /** The same by id. */
  readonly nodes = new NodeTable()
  /** Made for an operation that waits all the same: its constructor listens, so it hears of its properties and its place. */
  readonly listening = new Map<number, Node>()
  /** What waits for the step: what is there already, what owners see, and what does not fit. */
  readonly rest: Operation[] = []
  /** What owners see, as it was told: its operations do not say which classes they are of. */
  readonly owned: ToldSets[] = []
  /** By service, what came to lie in it, with its order keys. */
  readonly arrivals = new Map<Node, Arrivals>()
  readonly references: PendingReference[] = []
  readonly #edit = new Edit()

  constructor(tree: Tree) {
    this.tree = tree
  }

  add(runs: readonly ToldRun[]): void {
    const rows: Row[] = []
    for (const run of runs) {
      if (run.kind === 'sets') this.owned.push(run)
      if (run.kind === 'creates') this.#addRun(run, rows)
      else for (const operation of expandRuns([run])) this.rest.push(operation)
    }
    // A part may tell of children before their parents.
    let waiting: readonly Row[] = rows
    for (let count = -1; waiting.length > 0 && waiting.length !== count; ) {
      count = waiting.length
      waiting = waiting.filter((row) => !this.#take(row))
    }
    for (const { run, at } of waiting) this.rest.push(createAt(run, at))
  }

  /** What lies in what is not there yet is added to `waiting`. */
  #addRun(run: ToldCreates, waiting: Row[]): void {
    const Class = this.tree.definition.classes[run.classNumber]
    const plan = Class === undefined ? null : planOf(Class.schema, run.columns)
    for (let at = 0; at < run.ids.length; at++) {
      if (Class === undefined || plan === null) this.rest.push(createAt(run, at))
      else {
        const row = { run, at, Class, plan }
        if (!this.#take(row)) waiting.push(row)
      }
    }
  }

  /** Whether it has been made, or is to wait for the step; false where it lies in what is not there yet. */
  #take(row: Row): boolean {
    const { run, at } = row
    const id = run.ids[at] ?? 0
    if (this.nodes.has(id) || this.tree.nodes.has(id)) {
      this.rest.push(createAt(run, at))
      return true
    }
    const parentId = run.parents[at] ?? 0
    const parent = this.nodes.get(parentId) ?? this.#serviceOf(parentId)
    if (parent === null) return false
    if (!this.#make(row, parent)) this.rest.push(createAt(run, at))
    return true
  }

  #make({ run, at, Class, plan }: Row, parent: Node): boolean {
    const node = nodeOf(makeBare(Class, placeMade))
    if (node.signals !== null) {
      this.listening.set(run.ids[at] ?? 0, node)
      return false
    }
    writeStaged(node, { run, at, plan }, this.references)
    this.#link(node, parent)
    this.made.push(node)
    this.nodes.add(node)
    return true
  }

  /** Services stay, whatever a snapshot removes. */
  #serviceOf(id: number): Node | null {
    const node = this.tree.nodes.get(id)
    return node?.schema.isService === true ? node : null
  }

  #link(node: Node, parent: Node): void {
    const { now, handle } = node
    ;(now as Draft).parent = parent.handle
    if (parent.isInTree) {
      let there = this.arrivals.get(parent)
      if (there === undefined) {
        there = { orders: [], handles: [] }
        this.arrivals.set(parent, there)
      }
      there.orders.push(now.order)
      there.handles.push(handle)
      return
    }
    const draft = draftOf(parent, null)
    draft.childrenByOrder = draft.childrenByOrder.set(now.order, handle, this.#edit)
  }
}
