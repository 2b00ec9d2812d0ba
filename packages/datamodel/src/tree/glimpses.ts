import { type AudienceChange, domainsLost } from '../audiences/audience-changes.ts'
import { type Node, nodeOf } from '../instance/node.ts'
import { createOperation, ownedEntries } from './create-operation.ts'
import type { AudienceId, Domain } from './domain.ts'
import type { Operation } from './operation.ts'
import type { Segment } from './segment.ts'
import type { Tree } from './tree.ts'

/** What a player sees and saw because their audiences changed. */
export interface DomainChange {
  readonly gained: readonly Domain[]
  readonly lost: readonly Domain[]
  /** What they met before, ascending: of the other domains they get the changes, which only who saw the state may get. */
  readonly before: readonly AudienceId[]
  /** Of the last write that changed the audiences; 0 is unknown. */
  readonly cause: number
}

/** What a commit tells those whose audiences changed, each domain once for all of them. */
export interface Glimpses {
  /** By the player's id. */
  readonly changes: ReadonlyMap<number, DomainChange>
  /** For each domain that somebody gained: all that is in it. */
  readonly arrivals: ReadonlyMap<Domain, readonly Operation[]>
  /** For each domain that somebody lost: the removal of all that was in it. */
  readonly departures: ReadonlyMap<Domain, readonly Operation[]>
}

/**
 * The removals of the domains that somebody loses, from the state before the commit: to be called before nodes are
 * settled. What departs for all is in the segments already.
 */
export function describeDepartures(
  tree: Tree,
  changes: readonly AudienceChange[],
  segments: ReadonlyMap<Domain, Segment>,
): ReadonlyMap<AudienceChange, ReadonlyMap<Domain, readonly Operation[]>> {
  const described = new Map<Domain, readonly Operation[]>()
  const departures = new Map<AudienceChange, ReadonlyMap<Domain, readonly Operation[]>>()
  for (const change of changes) {
    const lost = new Map<Domain, readonly Operation[]>()
    for (const domain of domainsLost(tree, change)) {
      const operations = described.get(domain) ?? removals(tree, domain, segments.get(domain)?.rest ?? [])
      described.set(domain, operations)
      if (operations.length > 0) lost.set(domain, operations)
    }
    departures.set(change, lost)
  }
  return departures
}

/** What everyone gains, from the state after the commit: to be called once the nodes are settled. */
export function describeGains(
  tree: Tree,
  changes: readonly AudienceChange[],
  departed: ReturnType<typeof describeDepartures>,
): Glimpses {
  const arrivals = new Map<Domain, readonly Operation[]>()
  const departures = new Map<Domain, readonly Operation[]>()
  const told = new Map<number, DomainChange>()
  for (const change of changes) {
    const { playerId, before, after, cause } = change
    const lost = departed.get(change) ?? new Map<Domain, readonly Operation[]>()
    for (const [domain, operations] of lost) departures.set(domain, operations)
    const gained = domainsLost(tree, { before: after, after: before })
    for (const domain of gained) {
      if (!arrivals.has(domain)) arrivals.set(domain, operationsOfDomain(tree, domain))
    }
    told.set(playerId, { gained, lost: [...lost.keys()], before, cause })
  }
  return { changes: told, arrivals, departures }
}

/** All that is in a domain now, as it is told to who gains it: by growing id. */
function operationsOfDomain(tree: Tree, domain: Domain): readonly Operation[] {
  const entry = tree.domains.find(domain)
  if (entry === null) return []
  const operations: Operation[] = byId(entry.nodes).map((node) => createOperation(tree, node))
  for (const node of byId(entry.owned)) {
    const properties = ownedEntries(tree, node)
    if (properties.length > 0) operations.push({ kind: 'set', id: node.id, properties })
  }
  return operations
}

/** What stayed in the domain goes with the topmost of it, and what left it goes as its segment says. */
function removals(tree: Tree, domain: Domain, told: readonly Operation[]): readonly Operation[] {
  const stays = (node: Node): boolean =>
    node.isInTree && node.committedDomain === domain && node.domain === domain
  const removed = told.filter(({ kind }) => kind === 'remove')
  for (const node of byId(tree.domains.find(domain)?.nodes ?? [])) {
    const parent = node.record?.parent ?? null
    if (stays(node) && (parent === null || !stays(nodeOf(parent)))) {
      removed.push({ kind: 'remove', id: node.id })
    }
  }
  return removed
}

function byId(nodes: Iterable<Node>): readonly Node[] {
  return [...nodes].sort((one, other) => one.id - other.id)
}
