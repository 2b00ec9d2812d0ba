import type { AudienceBook } from '../audiences/audience-book.ts'
import type { DomainTable } from '../audiences/domain-table.ts'
import type { TreeSums } from '../checksum/tree-sums.ts'
import type { Clock } from '../clock.ts'
import { recordOf } from '../instance/late-record.ts'
import type { NestedEditor } from '../instance/nested-update.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import { Edit, IntMap } from '../int-map/int-map.ts'
import type { Peer } from '../peer.ts'
import type { TreeDefinition } from '../schema/tree-definition.ts'
import { createSignalQueue, type SignalQueue } from '../signals/signal-queue.ts'
import type { Authority } from './authority.ts'
import type { DataModel } from './data-model.ts'
import type { AudienceId } from './domain.ts'
import { NodeTable } from './node-table.ts'
import type { TreeSnapshot, TreeStamp } from './tree-snapshot.ts'

/** Which end of the replication this tree is. */
export type Side = 'server' | 'client'

/** What a DataModel is given; it holds nothing global. */
export interface DataModelOptions {
  readonly definition: TreeDefinition
  /** What makes it the server's tree; without it, it is a client's replica. */
  readonly authority?: Authority
  readonly clock: Clock
  /** Hears of every failing handler; must not throw. */
  report(error: unknown, source: string): void
  /** Hears of what a developer should know; must not throw. */
  warn?(message: string): void
  /** Carries remotes and kicks; without one they throw `noPeer`. */
  readonly peer?: Peer
  /** Runs recipes on nested values; without one `update` throws. */
  readonly editNested?: NestedEditor
  /** Asked to run deferred handlers and local commits later; without it the owner drains and commits. */
  schedule?(run: () => void): void
  /** Warnings that cost time or reveal internals; off by default. */
  readonly isDevelopment?: boolean
}

/** The state behind a DataModel's handle: membership, dirty set, queue, observers. Internal to this package. */
export class Tree {
  readonly game: DataModel
  readonly options: DataModelOptions
  readonly side: Side
  readonly queue: SignalQueue
  readonly nodes = new NodeTable()
  readonly structureObservers = new Set<() => void>()
  /** Who is in which audience now; null until audiences are made. */
  book: AudienceBook | null = null
  /** By the ids of the players in the tree: the conditions that each met at the last commit, ascending. */
  audiences: IntMap<readonly AudienceId[]> = IntMap.empty()
  /** Owns the tries that this commit's drafts change in place. */
  edit = new Edit()
  /** Of what runs now; each write reads it, so it lies here rather than behind the queue's `cause`. */
  cause = 0
  dirty: Node[] = []
  structureVersion = 0
  /** By id. A replica's nodes alone have theirs until a snapshot is asked for. */
  records: IntMap<InstanceRecord> = IntMap.empty()
  localPlayerId: number | null = null
  /** Told of each node that may have changed; null while nobody asks for checksums. */
  sums: TreeSums | null = null
  /** Where the slots of the next checksums begin, so that those of ended ones count no more. */
  nextSumSlot = 0
  readonly #domains: DomainTable | null
  readonly #warned = new Set<string>()
  #stamp: TreeStamp
  #snapshot: TreeSnapshot | null = null
  #nextId = 1
  #nextLocalId = -1
  #isScheduled = false

  constructor(game: DataModel, options: DataModelOptions) {
    this.game = game
    this.options = options
    this.side = options.authority === undefined ? 'client' : 'server'
    this.#domains = options.authority?.createDomains(this) ?? null
    this.queue = createSignalQueue({
      report: (error, source) => options.report(error, source),
      running: this,
      ...(options.schedule === undefined ? {} : { schedule: () => this.requestRun() }),
    })
    this.#stamp = { seq: 0, tick: 0, timeMs: options.clock.now() }
  }

  get stamp(): TreeStamp {
    return this.#stamp
  }

  /** From then on there is another snapshot, which of a replica is made at the first look. */
  set stamp(stamp: TreeStamp) {
    this.#stamp = stamp
    this.#snapshot = this.side === 'server' ? this.#snapshotOf() : null
  }

  get snapshot(): TreeSnapshot {
    if (this.#snapshot === null) {
      this.records = recordsOf(this.nodes, this.records)
      this.#snapshot = this.#snapshotOf()
    }
    return this.#snapshot
  }

  #snapshotOf(): TreeSnapshot {
    return Object.freeze({
      ...this.#stamp,
      records: this.records,
      audiences: this.audiences,
      definition: this.definition,
    })
  }

  get definition(): TreeDefinition {
    return this.options.definition
  }

  /** Who sees what; on a client nobody asks. */
  get domains(): DomainTable {
    if (this.#domains === null) throw new TypeError('a replica does not know who sees what')
    return this.#domains
  }

  get clock(): Clock {
    return this.options.clock
  }

  /** Ids made on a client are negative and never sent. */
  takeId(): number {
    return this.side === 'server' ? this.#nextId++ : this.#nextLocalId--
  }

  /** The well-known ids of the DataModel and its services, equal on both sides. */
  takeWellKnownId(): number {
    return this.#nextId++
  }

  addNode(node: Node): void {
    this.nodes.add(node)
  }

  removeNode(node: Node): void {
    this.nodes.delete(node)
  }

  addDirty(node: Node): void {
    this.dirty.push(node)
    this.requestRun()
  }

  warn(message: string): void {
    this.options.warn?.(message)
  }

  /** In development, and once for each key. */
  warnOnce(key: string, message: string): void {
    if (this.options.isDevelopment !== true || this.#warned.has(key)) return
    this.#warned.add(key)
    this.warn(message)
  }

  /** A client runs handlers and commits its local writes as soon as the code that wrote has ended. */
  requestRun(): void {
    if (this.#isScheduled || this.options.schedule === undefined) return
    this.#isScheduled = true
    this.options.schedule(() => {
      this.#isScheduled = false
      this.game.settle()
    })
  }
}

/** The records of a replica's nodes, as an earlier map of them with what has changed since. Costs what is there. */
function recordsOf(nodes: NodeTable, earlier: IntMap<InstanceRecord>): IntMap<InstanceRecord> {
  const edit = new Edit()
  let records = earlier
  for (const [id] of earlier) if (!nodes.has(id)) records = records.delete(id, edit)
  for (const node of nodes.values()) {
    const record = node.id > 0 ? recordOf(node) : null
    if (record !== null) records = records.set(node.id, record, edit)
  }
  return records
}

/** The state behind a DataModel. */
export function treeOf(game: DataModel): Tree {
  const { tree } = nodeOf(game)
  if (tree === null) throw new TypeError('a DataModel has its tree from its constructor on')
  return tree
}
