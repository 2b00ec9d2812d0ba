/** How much may wait for one client's acknowledgement. */
export interface DeliveryBound {
  readonly count: number
  readonly bytes: number
}

/** The house's bound: beyond it the client is too slow. */
export const deliveryBound: DeliveryBound = { count: 1000, bytes: 256 * 1024 }

/**
 * Reliable deliveries to one client, numbered from 1, kept until acknowledged. Once full it takes no more and has lost
 * what it refused, so its stream cannot be continued. A class, because each client's is asked at every tick: objects
 * with getters of their own would each have another shape.
 */
export class DeliveryLog<Item> {
  readonly #bound: DeliveryBound
  #items: Item[] = []
  #sizes: number[] = []
  #firstSeq = 1
  #bytesKept = 0
  #hasLost = false

  constructor(bound: DeliveryBound = deliveryBound) {
    this.#bound = bound
  }

  /** The number of the oldest one kept, or of the next one when none is. */
  get firstSeq(): number {
    return this.#firstSeq
  }

  /** The number that the next one will get. */
  get nextSeq(): number {
    return this.#firstSeq + this.#items.length
  }

  get isFull(): boolean {
    return this.#items.length >= this.#bound.count || this.#bytesKept >= this.#bound.bytes
  }

  /** Something was refused because the log was full. */
  get hasLost(): boolean {
    return this.#hasLost
  }

  /** False when it was refused. */
  push(item: Item, bytes: number): boolean {
    if (this.isFull) {
      this.#hasLost = true
      return false
    }
    this.#items.push(item)
    this.#sizes.push(bytes)
    this.#bytesKept += bytes
    return true
  }

  /** Forgets everything up to and including `seq`. */
  acknowledge(seq: number): void {
    const count = Math.min(this.#items.length, Math.max(0, seq - this.#firstSeq + 1))
    if (count === 0) return
    for (let index = 0; index < count; index++) this.#bytesKept -= this.#sizes[index] ?? 0
    this.#items = this.#items.slice(count)
    this.#sizes = this.#sizes.slice(count)
    this.#firstSeq += count
  }

  /** The kept ones numbered `seq` or later, oldest first. */
  since(seq: number): readonly Item[] {
    return this.#items.slice(Math.max(0, seq - this.#firstSeq))
  }
}
