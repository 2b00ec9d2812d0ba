import { commitAudiences } from '../audiences/audience-changes.ts'
import { warnOfRules } from '../audiences/rule-warnings.ts'
import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import { nodeOf } from '../instance/node.ts'
import { causeOf, placeKey } from '../instance/write-cause.ts'
import { createOperation } from './create-operation.ts'
import { diffOperations, ownedOperations } from './diff-operations.ts'
import { type Domain, everyone, nobody } from './domain.ts'
import { describeDepartures, describeGains, type Glimpses } from './glimpses.ts'
import type { CommitOptions, Operation, OperationCause, Patch } from './operation.ts'
import { roundProperties } from './record-seal.ts'
import { publish, sealNodes } from './sealing.ts'
import type { Tree } from './tree.ts'

type Emit = (domain: Domain, operation: Operation, cause: OperationCause) => void

const noGlimpses: Glimpses = { changes: new Map(), arrivals: new Map(), departures: new Map() }

/**
 * Turns the dirty set into records and operations. A node that was written but ends up equal keeps its record; one
 * whose audience changed departs from the old domain and arrives whole in the new one. Players whose audiences changed
 * get the whole of the domains that they gained, and the removal of those that they lost.
 */
export function commitTree(tree: Tree, { tick, isNumbered = false }: CommitOptions): Patch {
  tree.book?.askPredicates()
  const dirty = tree.dirty
  tree.dirty = []
  const segments = new Map<Domain, Operation[]>()
  const causes = new Map<Domain, OperationCause[]>()
  dirty.sort(compareForWire)
  const hidFromAll = dirty.some(isHidFromAll)
  describeChanges(tree, dirty, collect(segments, causes))
  const glimpses = commitGlimpses(tree, dirty, segments)
  const changed = sealNodes(tree, dirty)
  if (tree.options.isDevelopment === true) warnOfRules(tree, dirty)
  const { seq } = tree.stamp
  const hasNumber =
    isNumbered || changed.nodes.length + segments.size + glimpses.arrivals.size + glimpses.departures.size > 0
  const at = { seq: hasNumber ? seq + 1 : seq, tick, timeMs: tree.clock.now() }
  const conditions = new Map([...segments.keys()].map((domain) => [domain, tree.domains.audiencesOf(domain)]))
  tree.domains.sweep((audience) => isGone(tree, audience))
  publish(tree, changed, at)
  return { ...at, segments, causes, ...glimpses, conditions, audiences: tree.audiences, hidFromAll }
}

function isHidFromAll({ record, committedDomain, domain, isDestroyed }: Node): boolean {
  return record !== null && committedDomain === everyone && domain !== everyone && !isDestroyed
}

/** Sorts operations into segments. Neighbors mostly share a domain: no look-up for each operation. */
function collect(segments: Map<Domain, Operation[]>, causes: Map<Domain, OperationCause[]>): Emit {
  let last: Domain = nobody
  let segment: Operation[] = []
  let told: OperationCause[] = []
  return (domain, operation, cause) => {
    if (domain === nobody) return
    if (domain !== last) {
      last = domain
      segment = segments.get(domain) ?? []
      told = causes.get(domain) ?? []
      segments.set(domain, segment)
      causes.set(domain, told)
    }
    segment.push(operation)
    told.push(cause)
  }
}

function describeChanges(tree: Tree, dirty: readonly Node[], emit: Emit): void {
  for (const node of dirty) {
    if (node.isInTree) roundProperties(node)
    describeChange(tree, node, emit)
  }
}

/** Who sees what from this commit on, and what that means for those who are there. */
function commitGlimpses(
  tree: Tree,
  dirty: readonly Node[],
  segments: ReadonlyMap<Domain, readonly Operation[]>,
): Glimpses {
  const changes = commitAudiences(tree, dirty)
  const departures = describeDepartures(tree, changes, segments)
  for (const node of dirty) tree.domains.settle(node)
  return changes.length === 0 ? noGlimpses : describeGains(tree, changes, departures)
}

function isGone(tree: Tree, audience: number): boolean {
  return audience > 0 ? !tree.nodes.has(audience) : tree.book?.isOpen(audience) !== true
}

/** The wire tells ids as differences, which are small between neighbors; what is new stays in the order of its arrival. */
function compareForWire(a: Node, b: Node): number {
  if (a.record !== null && b.record !== null) return a.id - b.id
  return Number(a.record === null) - Number(b.record === null)
}

function describeChange(tree: Tree, node: Node, emit: Emit): void {
  const { record, committedDomain } = node
  if (record === null) {
    if (node.isInTree) describeArrival(tree, node, emit)
  } else if (node.isInTree && node.domain === committedDomain) {
    diffOperations({ tree, node, record, emit })
  } else {
    if (!isRemovedWithParent(node, record.parent)) {
      emit(committedDomain, { kind: 'remove', id: node.id }, causeOf(node, placeKey))
    }
    if (node.isInTree) describeArrival(tree, node, emit)
  }
}

function describeArrival(tree: Tree, node: Node, emit: Emit): void {
  if (node.domain === nobody) return
  emit(node.domain, createOperation(tree, node), causeOf(node, placeKey))
  ownedOperations(tree, node, emit)
}

/**
 * Whether the removal of its old parent takes this node along at everyone who saw it: the parent left the tree, or
 * both went to the same new audience.
 */
function isRemovedWithParent(node: Node, oldParent: Instance | null): boolean {
  if (oldParent === null) return false
  const parent = nodeOf(oldParent)
  if (!parent.isInTree) return true
  const hasDeparted = parent.domain !== parent.committedDomain
  return hasDeparted && node.isInTree && node.domain === parent.domain
}
