import { typedArrayName, typedArrayNames } from '@banyan/datamodel'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { shortTag, valueTag } from './value-tag.ts'

// Each function writes the tag and the content of one kind of value that holds no others.

/** In the smallest form that keeps every bit, negative zero and NaN included. */
export function writeNumber(writer: ByteWriter, value: number): void {
  if (Number.isSafeInteger(value)) {
    if (value >= 0 && value < 0x80 && !Object.is(value, -0)) return writer.u8(shortTag.integer | value)
    writer.u8(valueTag.integer)
    return writer.signed(value)
  }
  if (Object.is(Math.fround(value), value)) {
    writer.u8(valueTag.single)
    return writer.f32(value)
  }
  writer.u8(valueTag.double)
  writer.f64(value)
}

/** Text of few ASCII characters shares a byte with its tag. */
export function writeText(writer: ByteWriter, value: string): void {
  if (writer.shortText(value, shortTag.text)) return
  writer.u8(valueTag.text)
  writer.text(value)
}

/** A sign, and the magnitude as bytes, the highest first. */
export function writeBigint(writer: ByteWriter, value: bigint): void {
  const digits = value === 0n ? '' : (value < 0n ? -value : value).toString(16)
  const pairs = digits.padStart(digits.length + (digits.length % 2), '0').match(/../g) ?? []
  writer.u8(valueTag.bigint)
  writer.u8(value < 0n ? 1 : 0)
  writer.block(Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)))
}

/** Negative zero is no date's time, so it stands for an invalid one. */
export function writeDate(writer: ByteWriter, value: Date): void {
  const timeMs = value.getTime()
  writer.u8(valueTag.date)
  writer.signed(Number.isNaN(timeMs) ? -0 : timeMs)
}

/** The number of the class, and the bytes in the platform's order, which is little endian everywhere. */
export function writeTypedArray(writer: ByteWriter, view: ArrayBufferView): void {
  const name = typedArrayName(view)
  writer.u8(valueTag.typedArray)
  writer.u8(name === null ? typedArrayNames.length : typedArrayNames.indexOf(name))
  writer.block(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
}
