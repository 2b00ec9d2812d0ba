import type { NestedEdit } from '../data/nested-edit.ts'
import type { ClassSchema } from '../schema/class-schema.ts'
import type { Signal } from '../signals/signal.ts'
import type { SignalQueue } from '../signals/signal-queue.ts'
import { type Domain, nobody } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import type { Instance } from './instance.ts'
import { createDraft, type Draft, type InstanceRecord } from './record.ts'
import { clean } from './write-cause.ts'

/** The key under which a handle holds its node; only this package reads it. */
export const nodeKey = Symbol('banyan.node')

/** What few nodes have: it lies apart, because places are made of many nodes and each field costs all of them. */
class Rarities {
  isDestroyed = false
  archivable = true
  nextOrder = 0
  owned: { domain: Domain; committed: Domain } | null = null
  causes: Map<string, number> | null = null
  signals: Map<string, Signal<readonly unknown[]>> | null = null
  detachedQueue: SignalQueue | null = null
  observers: Set<() => void> | null = null
  edits: Map<number, NestedEdit[] | 'whole'> | null = null
  base: Map<string, unknown> | null = null
  referrers: Map<Node, number> | null = null
}

const commonplace: Readonly<Rarities> = Object.freeze(new Rarities())

/**
 * What stands behind a handle. Internal to this package: nothing outside ever holds a node, so its invariants are kept
 * by the few modules that write it.
 */
export class Node {
  readonly handle: Instance
  readonly schema: ClassSchema
  /** 0 until the instance first enters a DataModel, then final. */
  id = 0
  /** The DataModel that it entered first; it can enter no other. */
  tree: Tree | null = null
  isInTree = false
  /** Who may see it now, and who could at the last commit. */
  domain: Domain = nobody
  committedDomain: Domain = nobody
  /** The last committed version; null outside the committed tree. On a replica it may be behind, where `recordOf` is not. */
  record: InstanceRecord | null = null
  /** What reads return: the record itself, or the draft that the next commit will freeze. */
  now: InstanceRecord | Draft
  /** The one cause of what was written since the last commit; `clean` outside the dirty set, `mixed` with `causes`. */
  cause = clean
  /** Where the tree's checksums keep that of this node; -1, or a slot of checksums that have ended, for nowhere. */
  sumSlot = -1
  #rare: Readonly<Rarities> = commonplace

  constructor(handle: Instance, schema: ClassSchema) {
    this.handle = handle
    this.schema = schema
    this.now = createDraft(schema)
  }

  get isDestroyed(): boolean {
    return this.#rare.isDestroyed
  }

  set isDestroyed(isDestroyed: boolean) {
    Node.#write(this, 'isDestroyed', isDestroyed)
  }

  get archivable(): boolean {
    return this.#rare.archivable
  }

  set archivable(archivable: boolean) {
    Node.#write(this, 'archivable', archivable)
  }

  /** The next child's order key. Only grows. */
  get nextOrder(): number {
    return this.#rare.nextOrder
  }

  set nextOrder(order: number) {
    Node.#write(this, 'nextOrder', order)
  }

  /** Who may see its owner's properties, now and at the last commit; null for a class without any, and on a client. */
  get owned(): Rarities['owned'] {
    return this.#rare.owned
  }

  set owned(owned: Rarities['owned']) {
    Node.#write(this, 'owned', owned)
  }

  /** By write key, from the moment on at which a second cause writes; null before. */
  get causes(): Rarities['causes'] {
    return this.#rare.causes
  }

  set causes(causes: Rarities['causes']) {
    Node.#write(this, 'causes', causes)
  }

  get signals(): Rarities['signals'] {
    return this.#rare.signals
  }

  set signals(signals: Rarities['signals']) {
    Node.#write(this, 'signals', signals)
  }

  get detachedQueue(): SignalQueue | null {
    return this.#rare.detachedQueue
  }

  set detachedQueue(queue: SignalQueue | null) {
    Node.#write(this, 'detachedQueue', queue)
  }

  get observers(): Rarities['observers'] {
    return this.#rare.observers
  }

  set observers(observers: Rarities['observers']) {
    Node.#write(this, 'observers', observers)
  }

  /** Edits of nested properties since the last commit, by property index; `whole` where a plain write replaced them. */
  get edits(): Rarities['edits'] {
    return this.#rare.edits
  }

  set edits(edits: Rarities['edits']) {
    Node.#write(this, 'edits', edits)
  }

  /** On a client: the server's values under those that this client wrote over, by overlay key. */
  get base(): Rarities['base'] {
    return this.#rare.base
  }

  set base(base: Rarities['base']) {
    Node.#write(this, 'base', base)
  }

  /** Nodes of a server's tree whose references lead here, with the number of those references. */
  get referrers(): Rarities['referrers'] {
    return this.#rare.referrers
  }

  set referrers(referrers: Rarities['referrers']) {
    Node.#write(this, 'referrers', referrers)
  }

  // Static, since a private method would cost each node a field.
  static #write<Field extends keyof Rarities>(node: Node, field: Field, value: Rarities[Field]): void {
    if (node.#rare[field] === value) return
    if (node.#rare === commonplace) node.#rare = new Rarities()
    ;(node.#rare as Rarities)[field] = value
  }
}

/** The node of a handle. */
export function nodeOf(handle: Instance): Node {
  return handle[nodeKey]
}
