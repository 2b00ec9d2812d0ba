import { type Domain, nobody } from '../tree/domain.ts'
import type { Checksum } from './hasher.ts'

/** Domain, both halves of the sum, and whether it is marked. */
const width = 4

/** The checksums of many nodes in one list of numbers, since a replica or a place has tens of thousands of them. */
export class SumSlots {
  #words = new Int32Array(256 * width)
  #size = 0
  readonly #freed: number[] = []

  /** Slots are numbered below. */
  get size(): number {
    return this.#size
  }

  /** A slot of nobody's, with a sum of zero. */
  take(): number {
    const slot = this.#freed.pop() ?? this.#size++
    if (this.#size * width > this.#words.length) {
      const grown = new Int32Array(this.#words.length * 2)
      grown.set(this.#words)
      this.#words = grown
    }
    this.#words.fill(0, slot * width, (slot + 1) * width)
    this.#words[slot * width] = nobody
    return slot
  }

  free(slot: number): void {
    this.#freed.push(slot)
  }

  /** False where it was marked already. */
  mark(slot: number): boolean {
    const at = slot * width + 3
    if (this.#words[at] === 1) return false
    this.#words[at] = 1
    return true
  }

  unmark(slot: number): void {
    this.#words[slot * width + 3] = 0
  }

  domainAt(slot: number): Domain {
    return this.#words[slot * width] ?? nobody
  }

  sumAt(slot: number): Checksum {
    return { high: this.#words[slot * width + 1] ?? 0, low: this.#words[slot * width + 2] ?? 0 }
  }

  set(slot: number, domain: Domain, { high, low }: Checksum): void {
    this.#words[slot * width] = domain
    this.#words[slot * width + 1] = high
    this.#words[slot * width + 2] = low
  }

  /** Wraps, as sums of 32 bits do. */
  add(slot: number, { high, low }: Checksum): void {
    const at = slot * width
    this.#words[at + 1] = (this.#words[at + 1] ?? 0) + high
    this.#words[at + 2] = (this.#words[at + 2] ?? 0) + low
  }
}
