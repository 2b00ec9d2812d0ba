import type { Node } from '../instance/node.ts'
import { type AudienceId, type Domain, everyone, meets, narrowed, nobody } from '../tree/domain.ts'

/** A domain that has conditions, and what was in it at the last commit. */
export interface DomainEntry {
  readonly domain: Domain
  /** Ascending. */
  readonly audiences: readonly AudienceId[]
  readonly nodes: Set<Node>
  /** Nodes whose owner's properties are in it. */
  readonly owned: Set<Node>
}

/** Domains that are there for nothing are looked for when the table has grown by this many. */
const sweepSlack = 256

const none: readonly AudienceId[] = Object.freeze([])

/** The numbers of a tree's domains, and the index from domains and audiences to committed nodes. */
export class DomainTable {
  readonly #entries = new Map<Domain, DomainEntry>()
  readonly #byKey = new Map<string, Domain>()
  /** Domains with nodes, by each of their conditions. */
  readonly #byAudience = new Map<AudienceId, Set<DomainEntry>>()
  readonly #excludes: (one: AudienceId, other: AudienceId) => boolean
  #last = nobody
  #sweepAt = sweepSlack

  /** `excludes` tells two conditions that nobody meets both of: two players, two teams. */
  constructor(excludes: (one: AudienceId, other: AudienceId) => boolean) {
    this.#excludes = excludes
  }

  get size(): number {
    return this.#entries.size
  }

  /** For an audience or a domain; never given twice. */
  takeNumber(): number {
    this.#last -= 1
    return this.#last
  }

  /** The domain of who sees `parent` and meets one condition more. */
  narrow(parent: Domain, condition: AudienceId): Domain {
    if (condition === everyone || condition === parent) return parent
    if (parent === nobody || condition === nobody) return nobody
    if (parent === everyone) return this.#entryOf(condition, [condition]).domain
    const before = this.audiencesOf(parent)
    const audiences = narrowed(before, condition)
    if (audiences === before || audiences === null) return parent
    if (before.some((other) => this.#excludes(other, condition))) return nobody
    const key = audiences.join()
    const domain = this.#byKey.get(key) ?? this.takeNumber()
    this.#byKey.set(key, domain)
    return this.#entryOf(domain, audiences).domain
  }

  /** The conditions of a domain that `narrow` returned and that is still in use. */
  audiencesOf(domain: Domain): readonly AudienceId[] {
    return this.#entries.get(domain)?.audiences ?? none
  }

  /** Whether all who see `domain` may see what is in `target`. */
  maySee(domain: Domain, target: Domain): boolean {
    if (target === everyone || target === domain) return target !== nobody
    if (target === nobody || domain === everyone) return false
    return meets(this.audiencesOf(domain), this.audiencesOf(target))
  }

  /** What is in a domain; null for what has no nodes, and for `everyone`, whose nodes are the rest of the tree. */
  find(domain: Domain): DomainEntry | null {
    return this.#entries.get(domain) ?? null
  }

  /** The domains with nodes that have this condition. */
  having(audience: AudienceId): Iterable<DomainEntry> {
    return this.#byAudience.get(audience) ?? []
  }

  /** The domains with nodes whose conditions are all met. */
  seenBy(met: readonly AudienceId[]): readonly DomainEntry[] {
    const seen = new Set<DomainEntry>()
    for (const audience of met) {
      for (const entry of this.having(audience)) if (meets(met, entry.audiences)) seen.add(entry)
    }
    return [...seen]
  }

  /** Moves a node from the domains that it had at the last commit to those that it has at this one. */
  settle(node: Node): void {
    this.#move(node, 'nodes', node.committedDomain, node.domain)
    node.committedDomain = node.domain
    const { owned } = node
    if (owned === null) return
    this.#move(node, 'owned', owned.committed, owned.domain)
    owned.committed = owned.domain
  }

  /** After a commit: forgets domains without nodes that name what is gone for good. Costs little on average. */
  sweep(isGone: (audience: AudienceId) => boolean): void {
    if (this.#entries.size < this.#sweepAt) return
    for (const [domain, { audiences, nodes, owned }] of this.#entries) {
      if (nodes.size > 0 || owned.size > 0 || !audiences.some(isGone)) continue
      this.#entries.delete(domain)
      this.#byKey.delete(audiences.join())
    }
    this.#sweepAt = 2 * this.#entries.size + sweepSlack
  }

  #entryOf(domain: Domain, audiences: readonly AudienceId[]): DomainEntry {
    let entry = this.#entries.get(domain)
    if (entry === undefined) {
      entry = { domain, audiences, nodes: new Set(), owned: new Set() }
      this.#entries.set(domain, entry)
    }
    return entry
  }

  #move(node: Node, what: 'nodes' | 'owned', from: Domain, to: Domain): void {
    if (from === to) return
    const [old, entry] = [this.#entries.get(from), this.#entries.get(to)]
    if (old !== undefined) {
      old[what].delete(node)
      if (old.nodes.size + old.owned.size === 0) this.#unlist(old)
    }
    if (entry === undefined) return
    if (entry.nodes.size + entry.owned.size === 0) this.#list(entry)
    entry[what].add(node)
  }

  #list(entry: DomainEntry): void {
    for (const audience of entry.audiences) {
      const listed = this.#byAudience.get(audience)
      if (listed === undefined) this.#byAudience.set(audience, new Set([entry]))
      else listed.add(entry)
    }
  }

  #unlist(entry: DomainEntry): void {
    for (const audience of entry.audiences) {
      const listed = this.#byAudience.get(audience)
      listed?.delete(entry)
      if (listed?.size === 0) this.#byAudience.delete(audience)
    }
  }
}
