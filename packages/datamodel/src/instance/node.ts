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
  isDestroyed = false
  archivable = true
  /** Who may see it now, and who could at the last commit. */
  domain: Domain = nobody
  committedDomain: Domain = nobody
  /** Who may see its owner's properties, now and at the last commit; null for a class without any, and on a client. */
  owned: { domain: Domain; committed: Domain } | null = null
  /** The last committed version; null outside the committed tree. */
  record: InstanceRecord | null = null
  /** What reads return: the record itself, or the draft that the next commit will freeze. */
  now: InstanceRecord | Draft
  /** The one cause of what was written since the last commit; `clean` outside the dirty set, `mixed` with `causes`. */
  cause = clean
  /** By write key, from the moment on at which a second cause writes; null before. */
  causes: Map<string, number> | null = null
  /** Since the last notification: made, moved or renamed. */
  shapeChanged = false
  /** The next child's order key. Only grows. */
  nextOrder = 0
  signals: Map<string, Signal<readonly unknown[]>> | null = null
  detachedQueue: SignalQueue | null = null
  observers: Set<() => void> | null = null
  /** Edits of nested properties since the last commit, by property index; `whole` where a plain write replaced them. */
  edits: Map<number, NestedEdit[] | 'whole'> | null = null
  /** On a client: the server's values under those that this client wrote over, by overlay key. */
  base: Map<string, unknown> | null = null
  /** Where the tree's checksums keep that of this node; -1 for nowhere. */
  sumSlot = -1
  /** Nodes of a server's tree whose references lead here, with the number of those references. */
  referrers: Map<Node, number> | null = null

  constructor(handle: Instance, schema: ClassSchema) {
    this.handle = handle
    this.schema = schema
    this.now = createDraft({ className: schema.name, properties: { ...schema.defaults } })
  }
}

/** The node of a handle. */
export function nodeOf(handle: Instance): Node {
  return handle[nodeKey]
}
