import { DecodeFault } from './decode-fault.ts'

// A byte order mark is content here, so the decoder must not swallow it.
const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Up to this length a loop over ASCII is faster than the platform's decoder. */
const shortTextLength = 32

/** Reads what a ByteWriter wrote. Every read is checked against what is left before anything is allocated; each fault is a DecodeFault. */
export class ByteReader {
  private readonly bytes: Uint8Array
  // Made at the first float: most frames of a client have none.
  private view: DataView | null = null
  private at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get remaining(): number {
    return this.bytes.length - this.at
  }

  u8(): number {
    const value = this.bytes[this.at]
    if (value === undefined) throw new DecodeFault('the bytes end too early')
    this.at++
    return value
  }

  varint(): number {
    let byte = this.u8()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    let scale = 0x80
    for (let count = 1; count < 8; count++) {
      byte = this.u8()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) {
        if (byte === 0) throw new DecodeFault('a number has needless bytes')
        if (value > Number.MAX_SAFE_INTEGER) throw new DecodeFault('a number is above 2^53 - 1')
        return value
      }
      scale *= 0x80
    }
    throw new DecodeFault('a number is longer than 8 bytes')
  }

  signed(): number {
    const first = this.u8()
    let magnitude = (first >> 1) & 0x3f
    if (first >= 0x80) {
      const rest = this.varint()
      if (rest === 0) throw new DecodeFault('a number has needless bytes')
      magnitude += rest * 0x40
      if (magnitude > Number.MAX_SAFE_INTEGER) throw new DecodeFault('a number is above 2^53 - 1')
    }
    return (first & 1) === 1 ? -magnitude : magnitude
  }

  f32(): number {
    return this.viewed().getFloat32(this.advance(4), true)
  }

  f64(): number {
    return this.viewed().getFloat64(this.advance(8), true)
  }

  /** A double that is neither NaN nor infinite. */
  finite(): number {
    const value = this.f64()
    if (!Number.isFinite(value)) throw new DecodeFault('a number is not finite')
    return value
  }

  /** So many floats of four or eight bytes each, none of them NaN or infinite. */
  floats(count: number, size: 4 | 8): number[] {
    const end = this.advance(count * size) + count * size
    const view = this.viewed()
    const values: number[] = []
    for (let at = end - count * size; at < end; at += size) {
      const value = size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true)
      if (!Number.isFinite(value)) throw new DecodeFault('a number is not finite')
      values.push(value)
    }
    return values
  }

  /** A byte that is 0 or 1. */
  flag(): boolean {
    const value = this.u8()
    if (value > 1) throw new DecodeFault(`a flag is ${value}`)
    return value === 1
  }

  /** A count of things that take at least `leastBytes` each; a count that cannot be true is a fault. */
  count(leastBytes = 1): number {
    const count = this.varint()
    if (count * leastBytes > this.remaining)
      throw new DecodeFault(`a count of ${count} is more than the bytes hold`)
    return count
  }

  /** A view into the frame, not a copy: it lives and dies with the frame's buffer. */
  raw(length: number): Uint8Array {
    const start = this.advance(length)
    // Not by "subarray": of Node's Buffers that makes Buffers, which costs several times as much.
    return new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + start, length)
  }

  /** A length and that many bytes, as a view into the frame. */
  block(): Uint8Array {
    return this.raw(this.varint())
  }

  text(): string {
    return this.textOf(this.varint())
  }

  /** Text whose length in bytes is known already. */
  textOf(length: number): string {
    const start = this.advance(length)
    if (length <= shortTextLength) {
      const ascii = this.shortAscii(start)
      if (ascii !== null) return ascii
    }
    try {
      return textDecoder.decode(this.bytes.subarray(start, this.at))
    } catch {
      throw new DecodeFault('a text is not UTF-8')
    }
  }

  private shortAscii(start: number): string | null {
    let text = ''
    for (let index = start; index < this.at; index++) {
      const code = this.bytes[index] ?? 0x80
      if (code >= 0x80) return null
      text += String.fromCharCode(code)
    }
    return text
  }

  private viewed(): DataView {
    this.view ??= new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)
    return this.view
  }

  private advance(length: number): number {
    const start = this.at
    if (length > this.remaining) throw new DecodeFault('the bytes end too early')
    this.at += length
    return start
  }
}
