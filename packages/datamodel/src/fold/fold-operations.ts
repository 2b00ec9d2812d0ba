import type { TreeDefinition } from '../schema/tree-definition.ts'
import type { Operation } from '../tree/operation.ts'
import { addWrite, createChange, type InstanceChange, operationsOf } from './instance-change.ts'

/** Operations that do in one step what those of several patches did. */
export interface FoldedOperations {
  /** The position of the last patch that is in it. */
  readonly last: number
  readonly operations: readonly Operation[]
}

/** What a fold has to know beside the operations. */
export interface FoldOptions {
  readonly definition: TreeDefinition
  /** Ids above this were given out after the replica's state: what has one was not there. */
  readonly freshAfter: number
}

/** It was there before, or may have been, and must go; or it came and went and need not be told of. */
type Gone = 'removed' | 'never there'

/**
 * Folds the operations that one replica lacks, a list for each patch: applying the result leaves the replica as applying
 * all of them does. One step mostly; but what comes back after a removal begins another one, since a removal and a
 * creation in one patch would keep what lay in the instance. Pure; costs what the operations count.
 */
export function foldOperations(
  patches: readonly (readonly Operation[])[],
  { definition, freshAfter }: FoldOptions,
): readonly FoldedOperations[] {
  const folded: FoldedOperations[] = []
  let newest = freshAfter
  let fold = createFold(definition, newest)
  for (const [at, operations] of patches.entries()) {
    const creates = operations.filter(({ kind }) => kind === 'create')
    if (creates.some(({ id }) => fold.mayReturn(id))) {
      folded.push({ last: at - 1, operations: fold.operations() })
      fold = createFold(definition, newest)
    }
    fold.add(operations)
    for (const { id } of creates) newest = Math.max(newest, id)
  }
  if (patches.length > 0) folded.push({ last: patches.length - 1, operations: fold.operations() })
  return folded
}

interface Fold {
  /** Whether an instance that is made now may have been there and have been removed, perhaps with what it lay in. */
  mayReturn(id: number): boolean
  /** One patch more. */
  add(operations: readonly Operation[]): void
  operations(): readonly Operation[]
}

function createFold(definition: TreeDefinition, freshAfter: number): Fold {
  const changes = new Map<number, InstanceChange | Gone>()
  /** What was made in or moved to an instance. */
  const placed = new Map<number, Set<number>>()
  let hasRemoved = false

  function changeOf(id: number): InstanceChange {
    const known = changes.get(id)
    if (typeof known === 'object') return known
    const made = createChange(id, { isNew: false, create: null })
    changes.set(id, made)
    return made
  }

  function place(change: InstanceChange, parent: number, order: number): void {
    const before = change.place?.parent ?? change.create?.parent
    if (before !== undefined) placed.get(before)?.delete(change.id)
    const siblings = placed.get(parent) ?? new Set()
    placed.set(parent, siblings.add(change.id))
    change.place = { parent, order }
  }

  /** Takes along what is known to lie in it; the replica knows the rest. */
  function remove(top: number): void {
    hasRemoved = true
    const open = [top]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      open.push(...(placed.get(id) ?? []))
      placed.delete(id)
      const change = changes.get(id)
      const wasThere = typeof change === 'object' ? !change.isNew : id <= freshAfter
      changes.set(id, wasThere ? 'removed' : 'never there')
    }
  }

  /** What is told whole is new, or its audience changed: then the patch removes it too, or what it lay in. */
  function isNew(id: number, removed: ReadonlySet<number>): boolean {
    const known = changes.get(id)
    return typeof known === 'object' ? known.isNew : id > freshAfter || removed.size === 0
  }

  return {
    mayReturn: (id) => hasRemoved && (id <= freshAfter || changes.has(id)),
    add(operations) {
      const removed = new Set(operations.flatMap(({ kind, id }) => (kind === 'remove' ? [id] : [])))
      const created = new Set<number>()
      for (const operation of operations) {
        if (operation.kind !== 'create') continue
        const before = changes.get(operation.id)
        const change = createChange(operation.id, {
          isNew: isNew(operation.id, removed),
          create: operation,
        })
        if (typeof before === 'object') change.place = before.place
        changes.set(operation.id, change)
        created.add(operation.id)
        place(change, operation.parent, operation.order)
      }
      for (const operation of operations) {
        if (operation.kind === 'move') place(changeOf(operation.id), operation.parent, operation.order)
      }
      for (const operation of operations) {
        const { kind, id } = operation
        if (kind !== 'create' && kind !== 'move' && kind !== 'remove')
          addWrite(changeOf(id), operation, definition)
      }
      for (const id of removed) if (!created.has(id)) remove(id)
    },
    operations() {
      const [made, written, gone]: [Operation[], Operation[], Operation[]] = [[], [], []]
      for (const [id, change] of [...changes].sort(([a], [b]) => a - b)) {
        if (change === 'removed') gone.push({ kind: 'remove', id })
        if (typeof change !== 'object') continue
        for (const operation of operationsOf(change)) {
          if (operation.kind === 'create') made.push(operation)
          else written.push(operation)
        }
      }
      return [...made, ...written.sort(compareKinds), ...gone]
    },
  }
}

/** Operations of a kind in a row tell what they share once. */
function compareKinds(a: Operation, b: Operation): number {
  return a.kind === b.kind ? 0 : a.kind < b.kind ? -1 : 1
}
