import { draftOf } from '../instance/draft.ts'
import { type Instance, placeMade } from '../instance/instance.ts'
import { makeBare } from '../instance/lifecycle.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { Draft } from '../instance/record.ts'
import { Edit } from '../int-map/int-map.ts'
import type { AnyInstanceClass } from '../schema/define-class.ts'
import type { DataModel } from '../tree/data-model.ts'
import { NodeTable } from '../tree/node-table.ts'
import type { Create, SnapshotOperation } from '../tree/operation.ts'
import { type Tree, treeOf } from '../tree/tree.ts'
import { fitsClass, type PendingReference, writeStaged } from './staged-instance.ts'

/** What came to lie in a service. */
interface Arrivals {
  readonly orders: number[]
  readonly handles: Instance[]
}

/** A snapshot on its way. */
export interface SnapshotStage {
  /** Takes a part; costs the part. Throws what the constructor of a class throws. */
  add(operations: readonly SnapshotOperation[]): void
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
  readonly rest: SnapshotOperation[] = []
  /** By service, what came to lie in it, with its order keys. */
  readonly arrivals = new Map<Node, Arrivals>()
  readonly references: PendingReference[] = []
  readonly #edit = new Edit()

  constructor(tree: Tree) {
    this.tree = tree
  }

  add(operations: readonly SnapshotOperation[]): void {
    // A part may tell of children before their parents.
    let waiting = operations
    for (let count = -1; waiting.length > 0 && waiting.length !== count; ) {
      count = waiting.length
      waiting = waiting.filter((operation) => !this.#take(operation))
    }
    for (const operation of waiting) this.rest.push(operation)
  }

  /** Whether it has been made, or is to wait for the step; false where it lies in what is not there yet. */
  #take(operation: SnapshotOperation): boolean {
    const { id } = operation
    const isNew = operation.kind === 'create' && !this.nodes.has(id) && !this.tree.nodes.has(id)
    const Class = isNew ? this.tree.definition.classes[operation.classNumber] : undefined
    if (!isNew || Class === undefined || !fitsClass(Class.schema, operation.properties)) {
      this.rest.push(operation)
      return true
    }
    const parent = this.nodes.get(operation.parent) ?? this.#serviceOf(operation.parent)
    if (parent === null) return false
    if (!this.#make(Class, operation, parent)) this.rest.push(operation)
    return true
  }

  #make(Class: AnyInstanceClass, create: Create, parent: Node): boolean {
    const node = nodeOf(makeBare(Class, placeMade))
    if (node.signals !== null) {
      this.listening.set(create.id, node)
      return false
    }
    writeStaged(node, create, this.references)
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
