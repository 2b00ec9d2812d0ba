import { ProtocolError } from '../../errors.ts'

const textEncoder = new TextEncoder()

/** Above this length the platform's encoder is faster than a loop; it is also what a short tag can tell. */
const shortTextLength = 63

/** Writes one frame or segment, little endian, into a buffer that grows. */
export class ByteWriter {
  protected bytes: Uint8Array
  // Made at the first float: a view costs as much as writing a small frame.
  private view: DataView | null = null
  protected at: number
  private readonly start: number

  /** A capacity that suffices spares a copy; a generous one is cut off at the end. What is written stands behind `start` bytes. */
  constructor(capacity: number, start = 0) {
    this.bytes = new Uint8Array(start + capacity)
    this.at = start
    this.start = start
  }

  get length(): number {
    return this.at - this.start
  }

  /** What was written, in a buffer that nothing else holds and that wastes little. The writer must not be used again. */
  finish(): Uint8Array {
    const { bytes, at, start } = this
    const spare = bytes.length - at
    return spare * 4 > bytes.length ? bytes.slice(0, at).subarray(start) : bytes.subarray(start, at)
  }

  u8(value: number): void {
    this.reserve(1)
    this.bytes[this.at++] = value
  }

  /** An integer from 0 to 2^53 - 1 in one to eight bytes. Throws `unencodable` for any other number. */
  varint(value: number): void {
    if (!(value >= 0) || !Number.isSafeInteger(value)) {
      throw new ProtocolError(
        'unencodable',
        `cannot write ${value} as a count or id: it is not a whole number from 0 to 2^53 - 1. Pass one.`,
      )
    }
    this.reserve(8)
    let rest = value
    while (rest >= 0x1000_0000) {
      this.bytes[this.at++] = (rest & 0x7f) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.bytes[this.at++] = rest
  }

  /** A safe integer, negative zero included: sign and six bits in the first byte, the rest as a varint. */
  signed(value: number): void {
    const sign = value < 0 || Object.is(value, -0) ? 1 : 0
    const magnitude = Math.abs(value)
    if (magnitude < 0x40) {
      this.u8((magnitude << 1) | sign)
      return
    }
    this.u8(((magnitude & 0x3f) << 1) | sign | 0x80)
    this.varint(Math.floor(magnitude / 0x40))
  }

  f32(value: number): void {
    this.reserve(4)
    this.viewed().setFloat32(this.at, value, true)
    this.at += 4
  }

  f64(value: number): void {
    this.reserve(8)
    this.viewed().setFloat64(this.at, value, true)
    this.at += 8
  }

  /** Floats in a row, of four or eight bytes each. */
  floats(values: readonly number[], size: 4 | 8): void {
    this.reserve(values.length * size)
    const view = this.viewed()
    let at = this.at
    for (const value of values) {
      if (size === 4) view.setFloat32(at, value, true)
      else view.setFloat64(at, value, true)
      at += size
    }
    this.at = at
  }

  /** Bytes as they are, without a length. */
  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }

  /** A length and the bytes. */
  block(bytes: Uint8Array): void {
    this.varint(bytes.length)
    this.raw(bytes)
  }

  /** A length in bytes and UTF-8; a lone surrogate is written as U+FFFD. */
  text(value: string): void {
    if (!this.shortText(value, 0)) this.block(textEncoder.encode(value))
  }

  /**
   * Writes ASCII text of less than 64 characters behind one byte, its length added to `tag`; for any other text writes
   * nothing and returns false.
   */
  shortText(value: string, tag: number): boolean {
    const { length } = value
    if (length > shortTextLength) return false
    this.reserve(length + 1)
    const start = this.at + 1
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index)
      if (code > 0x7f) return false
      this.bytes[start + index] = code
    }
    this.bytes[this.at] = tag + length
    this.at = start + length
    return true
  }

  private reserve(count: number): void {
    const needed = this.at + count
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes)
    this.bytes = grown
    this.view = null
  }

  private viewed(): DataView {
    this.view ??= new DataView(this.bytes.buffer)
    return this.view
  }
}
