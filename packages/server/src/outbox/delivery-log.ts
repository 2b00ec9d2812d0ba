/** How much may wait for one client's acknowledgement. */
export interface DeliveryBound {
  readonly count: number
  readonly bytes: number
}

/** The house's bound: beyond it the client is too slow. */
export const deliveryBound: DeliveryBound = { count: 1000, bytes: 256 * 1024 }

/**
 * Reliable deliveries to one client, numbered from 1, kept until acknowledged. Once full it takes no more and has lost
 * what it refused, so its stream cannot be continued.
 */
export interface DeliveryLog<Item> {
  /** The number of the oldest one kept, or of the next one when none is. */
  readonly firstSeq: number
  /** The number that the next one will get. */
  readonly nextSeq: number
  readonly isFull: boolean
  /** Something was refused because the log was full. */
  readonly hasLost: boolean
  /** False when it was refused. */
  push(item: Item, bytes: number): boolean
  /** Forgets everything up to and including `seq`. */
  acknowledge(seq: number): void
  /** The kept ones numbered `seq` or later, oldest first. */
  since(seq: number): readonly Item[]
}

export function createDeliveryLog<Item>(bound: DeliveryBound = deliveryBound): DeliveryLog<Item> {
  let kept: { readonly item: Item; readonly bytes: number }[] = []
  let firstSeq = 1
  let bytesKept = 0
  let hasLost = false

  function isFull(): boolean {
    return kept.length >= bound.count || bytesKept >= bound.bytes
  }

  return {
    get firstSeq() {
      return firstSeq
    },
    get nextSeq() {
      return firstSeq + kept.length
    },
    get isFull() {
      return isFull()
    },
    get hasLost() {
      return hasLost
    },
    push(item, bytes) {
      if (isFull()) {
        hasLost = true
        return false
      }
      kept.push({ item, bytes })
      bytesKept += bytes
      return true
    },
    acknowledge(seq) {
      const count = Math.min(kept.length, Math.max(0, seq - firstSeq + 1))
      if (count === 0) return
      for (const { bytes } of kept.slice(0, count)) bytesKept -= bytes
      kept = kept.slice(count)
      firstSeq += count
    },
    since(seq) {
      return kept.slice(Math.max(0, seq - firstSeq)).map(({ item }) => item)
    },
  }
}
