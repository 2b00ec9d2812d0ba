import { elementSize, typedArrayNames, typedArrayOver } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault, InvalidValue } from '../bytes/decode-fault.ts'

// Each function reads the content of one kind of value that holds no others; its tag has been read.

/** What a reader of values allows among numbers and dates. */
export interface NumberScope {
  /** Whether NaN, infinities and invalid dates pass; where they do not they are an InvalidValue. */
  readonly allowNonFinite: boolean
}

/** The number, if it may be there. */
export function checkFinite({ allowNonFinite }: NumberScope, value: number): number {
  if (allowNonFinite || Number.isFinite(value)) return value
  throw new InvalidValue(`${value} is not allowed`)
}

/** The other direction of `writeBigint`. */
export function readBigint(reader: ByteReader): bigint {
  const isNegative = reader.flag()
  const bytes = reader.block()
  if (bytes.length === 0 ? isNegative : bytes[0] === 0) throw new DecodeFault('a number has needless bytes')
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const magnitude = BigInt(`0x0${digits}`)
  return isNegative ? -magnitude : magnitude
}

/** The other direction of `writeDate`. */
export function readDate(reader: ByteReader, { allowNonFinite }: NumberScope): Date {
  const timeMs = reader.signed()
  if (!Object.is(timeMs, -0)) {
    const date = new Date(timeMs)
    if (Number.isNaN(date.getTime())) throw new DecodeFault('a date is out of range')
    return date
  }
  if (!allowNonFinite) throw new InvalidValue('an invalid date is not allowed')
  return new Date(Number.NaN)
}

/** The other direction of `writeTypedArray`; a copy. */
export function readTypedArray(reader: ByteReader, scope: NumberScope): unknown {
  const number = reader.u8()
  const name = typedArrayNames[number]
  if (name === undefined) throw new DecodeFault(`there is no typed array ${number}`)
  const bytes = reader.block()
  if (bytes.length % elementSize(name) !== 0) throw new DecodeFault(`a ${name} has ${bytes.length} bytes`)
  const array = typedArrayOver(name, ownBuffer(bytes))
  if (array instanceof Float32Array || array instanceof Float64Array) {
    for (const value of array) checkFinite(scope, value)
  }
  return array
}

/** A copy: the frame may not live on inside a value, and typed arrays need aligned bytes. */
export function ownBuffer(view: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(view.length)
  new Uint8Array(copy).set(view)
  return copy
}
