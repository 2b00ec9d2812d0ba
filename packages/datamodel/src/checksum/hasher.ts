import { CFrame } from '../values/cframe.ts'
import { isValueType } from '../values/value-type.ts'

/** 64 bits as two signed halves, which sums let wrap. Tells apart what differs by chance, not what somebody forged. */
export interface Checksum {
  readonly high: number
  readonly low: number
}

/** What a value begins with, so that values of different types do not look alike. */
const mark = Object.freeze({
  null: 1,
  false: 2,
  true: 3,
  integer: 4,
  double: 5,
  text: 6,
  array: 7,
  object: 8,
  numbers: 9,
})

/** Hashes one thing after the other without garbage: `start`, what it is made of, `finish`, then `high` and `low`. */
export class Hasher {
  high = 0
  low = 0
  readonly #double = new DataView(new ArrayBuffer(8))

  start(): void {
    this.high = 0x243f6a88
    this.low = 0x13198a2e
  }

  word(word: number): void {
    const high = Math.imul(this.high ^ word, 0x9e3779b1)
    const low = Math.imul(this.low ^ word, 0x85ebca77)
    this.high = (high << 13) | (high >>> 19)
    this.low = (low << 17) | (low >>> 15)
  }

  /** Spreads every bit over both halves, which a sum of many needs. */
  finish(): void {
    let high = this.high ^ (this.low >>> 16)
    high = Math.imul(high ^ (high >>> 15), 0x2c1b3c6d)
    high = Math.imul(high ^ (high >>> 12), 0x297a2d39)
    let low = this.low ^ (high >>> 16)
    low = Math.imul(low ^ (low >>> 16), 0x85ebca6b)
    low = Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
    this.high = high ^ (high >>> 15)
    this.low = low ^ (low >>> 16)
  }

  /** By its bits; negative zero is zero. */
  number(value: number): void {
    if ((value | 0) === value) {
      this.word(mark.integer)
      this.word(value)
      return
    }
    this.#double.setFloat64(0, value, true)
    this.word(mark.double)
    this.word(this.#double.getInt32(0, true))
    this.word(this.#double.getInt32(4, true))
  }

  text(text: string): void {
    const { length } = text
    this.word(length)
    for (let at = 0; at < length; at += 2) {
      this.word(text.charCodeAt(at) | ((at + 1 < length ? text.charCodeAt(at + 1) : 0) << 16))
    }
  }

  /** A property's or attribute's value: equal values give equal hashes, whatever the order of an object's keys. */
  value(value: unknown): void {
    if (typeof value === 'number') this.number(value)
    else if (typeof value === 'string') {
      this.word(mark.text)
      this.text(value)
    } else if (typeof value === 'boolean') this.word(value ? mark.true : mark.false)
    else if (typeof value !== 'object' || value === null) this.word(mark.null)
    else if (isValueType(value))
      this.#numbers(value instanceof CFrame ? value.components : Object.values(value))
    else if (Array.isArray(value)) this.#array(value)
    else this.entries(value)
  }

  /** The sum of its entries' hashes, so that their order does not count. */
  entries(object: object): void {
    const { high, low } = this
    let [sumHigh, sumLow, count] = [0, 0, 0]
    for (const [key, item] of Object.entries(object)) {
      this.start()
      this.text(key)
      this.value(item)
      this.finish()
      sumHigh = (sumHigh + this.high) | 0
      sumLow = (sumLow + this.low) | 0
      count += 1
    }
    this.high = high
    this.low = low
    this.word(mark.object)
    this.word(count)
    this.word(sumHigh)
    this.word(sumLow)
  }

  #array(items: readonly unknown[]): void {
    this.word(mark.array)
    this.word(items.length)
    for (const item of items) this.value(item)
  }

  /** What a vector, CFrame or color is made of: which it is, its property knows. */
  #numbers(numbers: readonly number[]): void {
    this.word(mark.numbers)
    this.word(numbers.length)
    for (const number of numbers) this.number(number)
  }
}
