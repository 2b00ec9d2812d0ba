import type { Instance } from '../instance/instance.ts'
import { recordOf } from '../instance/late-record.ts'
import type { Node } from '../instance/node.ts'
import type { InstanceRecord } from '../instance/record.ts'
import { type Domain, nobody } from '../tree/domain.ts'
import type { Tree } from '../tree/tree.ts'
import { type Checksum, Hasher } from './hasher.ts'
import { hashOwned, hashRecord, type Told } from './record-hash.ts'
import { SumSlots } from './sum-slots.ts'

/** A sum that is still added to. */
export type Total = { -readonly [Half in keyof Checksum]: Checksum[Half] }

/** Of a domain; it is let go when nothing is in it any more. */
interface DomainTotal extends Total {
  parts: number
}

/** What an owner hears of a node, where that is in a domain of its own. */
interface OwnedSum extends Checksum {
  readonly domain: Domain
}

/** What a tree tells of its nodes: a place's to those who see their domains; a replica's is all in that of everyone. */
export interface Telling {
  domainOf(node: Node): Domain
  ownedDomainOf(node: Node): Domain
  recordOf(node: Node, record: InstanceRecord): InstanceRecord
  /** A reference as those who see a domain may know it. */
  idOf(target: Instance, domain: Domain): number | null
}

/**
 * The checksums of a tree: for each domain the sum of what all who see it are told, so that a player's is the sum of a
 * few. A replica has the same, of what it was told, in the domain of everyone. Costs what changed since the last look.
 */
export class TreeSums {
  readonly #tree: Tree
  readonly #telling: Telling
  readonly #hasher = new Hasher()
  readonly #slots = new SumSlots()
  readonly #totals = new Map<Domain, DomainTotal>()
  readonly #owned = new Map<Node, OwnedSum>()
  /** Nodes that no look and no touch has met yet; null once there are none. */
  #unmet: Iterator<Node> | null
  readonly #pending: Node[] = []
  /** Slots below were those of sums that have ended. */
  readonly #firstSlot: number

  /** Begins with everything yet to be looked at. */
  constructor(tree: Tree, telling: Telling) {
    this.#tree = tree
    this.#telling = telling
    this.#firstSlot = tree.nextSumSlot
    this.#unmet = tree.nodes.values()
  }

  /** It may have changed: costs next to nothing, and once is enough. */
  touch(node: Node): void {
    if (!this.#has(node)) node.sumSlot = this.#firstSlot + this.#slots.take()
    if (this.#slots.mark(node.sumSlot - this.#firstSlot)) this.#pending.push(node)
  }

  /** Looks at what it has not met yet, and then at what changed, so many at most; false where more is left. */
  refresh(limit = Number.POSITIVE_INFINITY): boolean {
    for (let left = limit; left > 0; left -= 1) {
      this.#meet()
      const node = this.#pending.pop()
      if (node === undefined) return true
      this.#look(node)
    }
    return this.#unmet === null && this.#pending.length === 0
  }

  /** What those who see these domains are told, all of it. */
  sumOf(domains: Iterable<Domain>): Checksum {
    const sum = { high: 0, low: 0 }
    for (const domain of domains) {
      const total = this.#totals.get(domain)
      if (total !== undefined) add(sum, total)
    }
    return sum
  }

  isTold(node: Node, domains: ReadonlySet<Domain>): boolean {
    return this.#has(node) && domains.has(this.#slots.domainAt(node.sumSlot - this.#firstSlot))
  }

  /** Adds what those who see these domains are told of one node, which `isTold` holds for. */
  addTo(sum: Total, node: Node, domains: ReadonlySet<Domain>): void {
    add(sum, this.#slots.sumAt(node.sumSlot - this.#firstSlot))
    const owned = this.#owned.get(node)
    if (owned !== undefined && domains.has(owned.domain)) add(sum, owned)
  }

  /** The tree's nodes are as if nobody had asked, whatever slots they had. */
  end(): void {
    this.#tree.nextSumSlot = this.#firstSlot + this.#slots.size
  }

  #has({ sumSlot }: Node): boolean {
    return sumSlot >= this.#firstSlot
  }

  /** Touches the next node that nothing has touched before. */
  #meet(): void {
    while (this.#unmet !== null) {
      const { value, done } = this.#unmet.next()
      if (done === true) this.#unmet = null
      else if (!this.#has(value)) return this.touch(value)
    }
  }

  #look(node: Node): void {
    const slot = node.sumSlot - this.#firstSlot
    const slots = this.#slots
    slots.unmark(slot)
    if (slots.domainAt(slot) !== nobody) this.#count(slots.domainAt(slot), slots.sumAt(slot), -1)
    const old = this.#owned.get(node)
    if (old !== undefined) {
      this.#count(old.domain, old, -1)
      this.#owned.delete(node)
    }
    const record = recordOf(node)
    const domain = this.#telling.domainOf(node)
    if (record === null || domain === nobody) {
      slots.free(slot)
      node.sumSlot = -1
      return
    }
    const told = this.#toldOf(node, record, domain)
    hashRecord(this.#hasher, told)
    slots.set(slot, domain, this.#hasher)
    if (node.schema.owned.length > 0) this.#lookAtOwned(node, domain, told)
    this.#count(domain, slots.sumAt(slot), 1)
  }

  #lookAtOwned(node: Node, domain: Domain, told: Told): void {
    const ownedDomain = this.#telling.ownedDomainOf(node)
    if (ownedDomain === nobody) return
    if (!hashOwned(this.#hasher, { ...told, idOf: this.#idOfIn(ownedDomain) })) return
    const { high, low } = this.#hasher
    if (ownedDomain === domain) return this.#slots.add(node.sumSlot - this.#firstSlot, { high, low })
    const sum = { domain: ownedDomain, high, low }
    this.#owned.set(node, sum)
    this.#count(ownedDomain, sum, 1)
  }

  #toldOf(node: Node, record: InstanceRecord, domain: Domain): Told {
    const { schema } = node
    return {
      schema,
      classNumber: this.#tree.definition.classNumberOf(schema) ?? 0,
      record: this.#telling.recordOf(node, record),
      idOf: this.#idOfIn(domain),
    }
  }

  #idOfIn(domain: Domain): Told['idOf'] {
    return (target) => this.#telling.idOf(target, domain)
  }

  #count(domain: Domain, { high, low }: Checksum, sign: 1 | -1): void {
    let total = this.#totals.get(domain)
    if (total === undefined) {
      total = { high: 0, low: 0, parts: 0 }
      this.#totals.set(domain, total)
    }
    total.high = (total.high + sign * high) | 0
    total.low = (total.low + sign * low) | 0
    total.parts += sign
    if (total.parts === 0) this.#totals.delete(domain)
  }
}

function add(sum: Total, { high, low }: Checksum): void {
  sum.high = (sum.high + high) | 0
  sum.low = (sum.low + low) | 0
}
