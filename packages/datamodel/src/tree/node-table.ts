import type { Node } from '../instance/node.ts'

/** The nodes whose ids share all but the lowest bits. */
interface Page {
  readonly slots: (Node | null)[]
  used: number
}

const pageBits = 6
const pageSize = 1 << pageBits

/**
 * The nodes of a tree by their ids, which are given out in a row: so they lie in pages, and a look-up of what is near the
 * last one costs two reads. A place's ids only grow, so a page goes with its last node.
 */
export class NodeTable {
  readonly #pages = new Map<number, Page>()
  #lastNumber = 0
  #last: Page | null = null

  /** Any number is asked for; what is no id has no node. */
  get(id: number): Node | undefined {
    const node = this.#pageOf(id >> pageBits)?.slots[id & (pageSize - 1)] ?? undefined
    // Bits beyond 32 are cut off above.
    return node?.id === id ? node : undefined
  }

  has(id: number): boolean {
    return this.get(id) !== undefined
  }

  add(node: Node): void {
    const number = node.id >> pageBits
    let page = this.#pageOf(number)
    if (page === null) {
      page = { slots: Array.from({ length: pageSize }, () => null), used: 0 }
      this.#pages.set(number, page)
      this.#last = page
      this.#lastNumber = number
    }
    const slot = node.id & (pageSize - 1)
    if (page.slots[slot] === null) page.used += 1
    page.slots[slot] = node
  }

  delete(node: Node): void {
    const number = node.id >> pageBits
    const page = this.#pageOf(number)
    const slot = node.id & (pageSize - 1)
    if (page === null || page.slots[slot] !== node) return
    page.slots[slot] = null
    page.used -= 1
    if (page.used > 0) return
    this.#pages.delete(number)
    this.#last = null
  }

  /** Takes all that another table holds, which is not to be used any more. Costs its pages. */
  absorb(other: NodeTable): void {
    for (const [number, page] of other.#pages) {
      if (!this.#pages.has(number)) this.#pages.set(number, page)
      else for (const node of page.slots) if (node !== null) this.add(node)
    }
  }

  /** Page by page. What is added meanwhile may be left out, and what is deleted and added again may come twice. */
  *values(): IterableIterator<Node> {
    for (const { slots } of this.#pages.values()) for (const node of slots) if (node !== null) yield node
  }

  #pageOf(number: number): Page | null {
    if (this.#last !== null && this.#lastNumber === number) return this.#last
    const page = this.#pages.get(number) ?? null
    if (page !== null) {
      this.#last = page
      this.#lastNumber = number
    }
    return page
  }
}
