import { ProtocolError } from '../../errors.ts'
import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'

// A column of whole numbers begins with a byte. Up to 24 it is a width: the least of the numbers follows, and what each
// has beyond it in so many bits, the lowest first; a width of 0 tells equal numbers once. 25 announces each as it is.

/** Wider bits would not fit into the 32 that bits are computed with, beside seven that wait for their byte. */
const widestBits = 24
const plainForm = 25

/** From here on least plus bits might not be exact. */
const leastCap = Number.MAX_SAFE_INTEGER - 2 ** widestBits

/** The shortest way to write some numbers. */
export interface IntPlan {
  readonly width: number
  readonly least: number
  /** In bytes. */
  readonly size: number
}

/** Looks at safe integers, without negative zeros; others throw 'unencodable'. No width below `leastWidth` is chosen. */
export function planInts(values: readonly number[], leastWidth = 0): IntPlan {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (!Number.isSafeInteger(value)) throw notWhole(value)
    if (value < least) least = value
    if (value > most) most = value
  }
  if (values.length < 2) return { width: plainForm, least, size: plainSize(values) }
  const spread = most - least
  if (spread < 2 ** widestBits && Math.abs(least) <= leastCap) {
    const width = Math.max(leastWidth, 32 - Math.clz32(spread))
    const size = 1 + signedSize(least) + Math.ceil((values.length * width) / 8)
    // Each as it is takes a byte at least.
    if (size <= values.length + 1 || size <= 1 + plainSize(values)) return { width, least, size }
  }
  return { width: plainForm, least, size: 1 + plainSize(values) }
}

function plainSize(values: readonly number[]): number {
  let size = 0
  for (const value of values) size += signedSize(value)
  return size
}

/** Writes the numbers of a plan; how many there are is not told, and one alone stands without a form. */
export function writeInts(writer: ByteWriter, values: readonly number[], plan: IntPlan): void {
  const { width, least } = plan
  if (values.length > 1) writer.u8(width)
  if (width === plainForm) {
    for (const value of values) writer.signed(value)
    return
  }
  writer.signed(least)
  if (width === 0) return
  let bits = 0
  let waiting = 0
  for (const value of values) {
    bits |= (value - least) << waiting
    waiting += width
    for (; waiting >= 8; waiting -= 8) {
      writer.u8(bits & 0xff)
      bits >>>= 8
    }
  }
  if (waiting > 0) writer.u8(bits)
}

/** The other direction of `writeInts`. The caller has checked that so many may come. */
export function readInts(reader: ByteReader, count: number, leastWidth = 0): number[] {
  if (count === 0) return []
  if (count === 1) return [reader.signed()]
  const width = reader.u8()
  if (width === plainForm) return readPlainInts(reader, count)
  if (width > widestBits || width < leastWidth) throw new DecodeFault(`there is no column of width ${width}`)
  const least = reader.signed()
  if (Math.abs(least) > leastCap) throw new DecodeFault('a column begins too far out')
  const values: number[] = []
  const bytes = reader.raw(Math.ceil((count * width) / 8))
  const mask = 2 ** width - 1
  let bits = 0
  let waiting = 0
  let at = 0
  for (let index = 0; index < count; index++) {
    for (; waiting < width; waiting += 8) bits |= (bytes[at++] ?? 0) << waiting
    values.push(least + (bits & mask))
    bits >>>= width
    waiting -= width
  }
  return values
}

function readPlainInts(reader: ByteReader, count: number): number[] {
  if (count > reader.remaining) throw new DecodeFault('the bytes end too early')
  const values: number[] = []
  for (let index = 0; index < count; index++) values.push(reader.signed())
  return values
}

/** The bytes of a signed number. */
function signedSize(value: number): number {
  let rest = Math.abs(value)
  let size = 1
  for (rest = Math.floor(rest / 0x40); rest > 0; rest = Math.floor(rest / 0x80)) size += 1
  return size
}

function notWhole(value: unknown): ProtocolError {
  return new ProtocolError(
    'unencodable',
    `cannot write ${String(value)} in a column of integers: it is no whole number of up to 2^53 - 1. Encode operations with the definition that they were made with.`,
  )
}
