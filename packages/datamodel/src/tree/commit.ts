import { commitAudiences } from '../audiences/audience-changes.ts'
import { warnOfRules } from '../audiences/rule-warnings.ts'
import type { Instance } from '../instance/instance.ts'
import type { Node } from '../instance/node.ts'
import { nodeOf } from '../instance/node.ts'
import { causeOf, placeKey } from '../instance/write-cause.ts'
import { createOperation } from './create-operation.ts'
import { Differ } from './diff-operations.ts'
import { type Domain, everyone, nobody } from './domain.ts'
import { describeDepartures, describeGains, type Glimpses } from './glimpses.ts'
import type { CommitOptions, Patch } from './operation.ts'
import { roundProperties } from './record-seal.ts'
import { publish, sealNodes } from './sealing.ts'
import type { Segment } from './segment.ts'
import { SegmentBook } from './segment-book.ts'
import type { Tree } from './tree.ts'
import { sortForWire } from './wire-order.ts'

const noGlimpses: Glimpses = { changes: new Map(), arrivals: new Map(), departures: new Map() }

/**
 * Turns the dirty set into records and operations. A node that was written but ends up equal keeps its record; one
 * whose audience changed departs from the old domain and arrives whole in the new one. Players whose audiences changed
 * get the whole of the domains that they gained, and the removal of those that they lost.
 */
export function commitTree(tree: Tree, { tick, isNumbered = false }: CommitOptions): Patch {
  tree.book?.askPredicates()
  const dirty = sortForWire(tree.dirty)
  tree.dirty = []
  const book = new SegmentBook()
  const { segments } = book
  const restless = describeChanges({ tree, book, differ: new Differ(tree, book) }, dirty)
  const hidFromAll = restless.some(isHidFromAll)
  const glimpses = commitGlimpses(tree, restless, segments)
  const changed = sealNodes(tree, dirty)
  if (tree.options.isDevelopment === true) warnOfRules(tree, dirty)
  const { seq } = tree.stamp
  const hasNumber =
    isNumbered || changed.count + segments.size + glimpses.arrivals.size + glimpses.departures.size > 0
  const at = { seq: hasNumber ? seq + 1 : seq, tick, timeMs: tree.clock.now() }
  const conditions = new Map([...segments.keys()].map((domain) => [domain, tree.domains.audiencesOf(domain)]))
  tree.domains.sweep((audience) => isGone(tree, audience))
  publish(tree, changed, at)
  return { ...at, segments, ...glimpses, conditions, audiences: tree.audiences, hidFromAll }
}

function isHidFromAll({ record, committedDomain, domain, isDestroyed }: Node): boolean {
  return record !== null && committedDomain === everyone && domain !== everyone && !isDestroyed
}

/** What one commit describes its changes with. */
interface Describing {
  readonly tree: Tree
  readonly book: SegmentBook
  readonly differ: Differ
}

/**
 * Returns those whose audience may be another, or who belong to one: mostly none. Many nodes lie far apart in memory, so what
 * concerns few is asked of those alone.
 */
function describeChanges(describing: Describing, dirty: readonly Node[]): readonly Node[] {
  const restless: Node[] = []
  for (const node of dirty) {
    if (node.isInTree) roundProperties(node)
    describeChange(describing, node)
    if (!isSettled(node)) restless.push(node)
  }
  return restless
}

function isSettled({ record, isInTree, domain, committedDomain, owned, schema }: Node): boolean {
  const isSeenAsBefore = record !== null && isInTree && domain === committedDomain
  return isSeenAsBefore && (owned === null || owned.domain === owned.committed) && schema.name !== 'Player'
}

/** Who sees what from this commit on, and what that means for those who are there. */
function commitGlimpses(
  tree: Tree,
  restless: readonly Node[],
  segments: ReadonlyMap<Domain, Segment>,
): Glimpses {
  const changes = commitAudiences(tree, restless)
  const departures = describeDepartures(tree, changes, segments)
  for (const node of restless) tree.domains.settle(node)
  return changes.length === 0 ? noGlimpses : describeGains(tree, changes, departures)
}

function isGone(tree: Tree, audience: number): boolean {
  return audience > 0 ? !tree.nodes.has(audience) : tree.book?.isOpen(audience) !== true
}

function describeChange(describing: Describing, node: Node): void {
  const { record, committedDomain } = node
  if (record === null) {
    if (node.isInTree) describeArrival(describing, node)
  } else if (node.isInTree && node.domain === committedDomain) {
    describing.differ.describe(node, record)
  } else {
    if (!isRemovedWithParent(node, record.parent)) {
      describing.book.add(committedDomain, { kind: 'remove', id: node.id }, causeOf(node, placeKey))
    }
    if (node.isInTree) describeArrival(describing, node)
  }
}

function describeArrival({ tree, book, differ }: Describing, node: Node): void {
  if (node.domain === nobody) return
  book.add(node.domain, createOperation(tree, node), causeOf(node, placeKey))
  differ.describeOwned(node)
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
