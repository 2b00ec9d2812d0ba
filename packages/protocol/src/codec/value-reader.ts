import {
  type AttributeValue,
  argumentDepthCap,
  elementSize,
  isPrototypeKey,
  typedArrayOver,
} from '@banyan/datamodel'
import type { ByteReader } from './byte-reader.ts'
import { DecodeFault, InvalidValue } from './decode-fault.ts'
import { readCFrame, readColor3, readVector2, readVector3 } from './geometry-codec.ts'
import { keysOfMap, type ValuePath, valuesOfMap } from './value-path.ts'
import { richTags, shortTag, typedArrayNames, type ValueScope, valueTag } from './value-tag.ts'

/** Where values come from, and what may be among them. */
export interface ValueSource {
  readonly reader: ByteReader
  readonly scope: ValueScope
  /** What the numbers of instances stand for; a number beyond it is a fault. */
  readonly instances: readonly unknown[]
  readonly allowNonFinite: boolean
  /** Where the reader is in the value; after a fault, where that is. */
  readonly path: ValuePath
  depth: number
}

/** Reads what `writeValue` wrote. Objects get own properties only, and never a key that reaches a prototype. */
export function readValue(source: ValueSource): unknown {
  const { reader } = source
  const tag = reader.u8()
  if (tag >= shortTag.integer) return tag - shortTag.integer
  if (tag >= shortTag.text) return reader.textOf(tag - shortTag.text)
  if (tag >= shortTag.object) return readRecord(source, checkCount(reader, tag - shortTag.object, 2))
  if (tag >= shortTag.array) return readArray(source, checkCount(reader, tag - shortTag.array, 1))
  if (tag >= richTags) return readRich(source, tag)
  switch (tag) {
    case valueTag.null:
      return null
    case valueTag.false:
      return false
    case valueTag.true:
      return true
    case valueTag.integer:
      return reader.signed()
    case valueTag.single:
      return checkFinite(source, reader.f32())
    case valueTag.double:
      return checkFinite(source, reader.f64())
    case valueTag.text:
      return reader.text()
    case valueTag.array:
      return readArray(source, reader.count())
    case valueTag.object:
      return readRecord(source, reader.count(2))
    default:
      throw new DecodeFault(`there is no value tag ${tag}`)
  }
}

/** The other direction of `writePlain`. */
export function readPlain(reader: ByteReader): unknown {
  return readValue({ reader, scope: 'plain', instances: [], allowNonFinite: false, path: [], depth: 0 })
}

/** The other direction of `writeAttributeValue`. */
export function readAttributeValue(reader: ByteReader): AttributeValue | null {
  const source: ValueSource = {
    reader,
    scope: 'attribute',
    instances: [],
    allowNonFinite: false,
    path: [],
    depth: 0,
  }
  // The scope lets nothing else pass.
  return readValue(source) as AttributeValue | null
}

function readRich(source: ValueSource, tag: number): unknown {
  const { reader, scope } = source
  if (scope === 'plain') throw new DecodeFault(`a value of tag ${tag} is not plain data`)
  switch (tag) {
    case valueTag.vector2:
      return readVector2(reader)
    case valueTag.vector3:
      return readVector3(reader)
    case valueTag.cframe:
      return readCFrame(reader)
    case valueTag.color3:
      return readColor3(reader)
    default:
  }
  if (scope === 'attribute') throw new DecodeFault(`a value of tag ${tag} is no attribute`)
  switch (tag) {
    case valueTag.bigint:
      return readBigint(reader)
    case valueTag.date:
      return readDate(source)
    case valueTag.map:
      return readMap(source)
    case valueTag.set:
      return readSet(source)
    case valueTag.arrayBuffer:
      return ownBuffer(reader.block())
    case valueTag.typedArray:
      return readTypedArray(source)
    case valueTag.instance:
      return readInstance(source)
    default:
      throw new DecodeFault(`there is no value tag ${tag}`)
  }
}

function checkCount(reader: ByteReader, count: number, leastBytes: number): number {
  if (count * leastBytes > reader.remaining) throw new DecodeFault('the bytes end too early')
  return count
}

function checkFinite(source: ValueSource, value: number): number {
  if (source.allowNonFinite || Number.isFinite(value)) return value
  throw new InvalidValue(`${value} is not allowed`)
}

function enter(source: ValueSource): void {
  if (source.scope === 'attribute') throw new DecodeFault('an attribute is a container')
  if (source.depth >= argumentDepthCap)
    throw new DecodeFault(`it lies more than ${argumentDepthCap} levels deep`)
  source.depth++
}

function readArray(source: ValueSource, count: number): unknown[] {
  enter(source)
  const items: unknown[] = []
  for (let index = 0; index < count; index++) items.push(readPart(source, index))
  source.depth--
  return items
}

function readRecord(source: ValueSource, count: number): Record<string, unknown> {
  enter(source)
  const record: Record<string, unknown> = {}
  for (let index = 0; index < count; index++) {
    const key = source.reader.text()
    if (isPrototypeKey(key)) throw new DecodeFault(`it has the key ${key}`)
    if (Object.hasOwn(record, key)) throw new DecodeFault('it has a key twice')
    record[key] = readPart(source, key)
  }
  source.depth--
  return record
}

function readMap(source: ValueSource): Map<unknown, unknown> {
  enter(source)
  const count = source.reader.count(2)
  const map = new Map<unknown, unknown>()
  for (let position = 0; position < count; position++) {
    const key = readPart(source, keysOfMap, position)
    if (map.has(key)) throw new DecodeFault('it has a key twice')
    map.set(key, readPart(source, valuesOfMap, position))
  }
  source.depth--
  return map
}

function readSet(source: ValueSource): Set<unknown> {
  enter(source)
  const count = source.reader.count()
  const set = new Set<unknown>()
  for (let position = 0; position < count; position++) set.add(readPart(source, valuesOfMap, position))
  if (set.size < count) throw new DecodeFault('it has a value twice')
  source.depth--
  return set
}

/** The path is left as it is by a fault, so that the fault's place can be told. */
function readPart(source: ValueSource, ...steps: ValuePath): unknown {
  source.path.push(...steps)
  const value = readValue(source)
  source.path.length -= steps.length
  return value
}

function readBigint(reader: ByteReader): bigint {
  const isNegative = reader.flag()
  const bytes = reader.block()
  if (bytes.length === 0 ? isNegative : bytes[0] === 0) throw new DecodeFault('a number has needless bytes')
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const magnitude = BigInt(`0x0${digits}`)
  return isNegative ? -magnitude : magnitude
}

function readDate({ reader, allowNonFinite }: ValueSource): Date {
  const timeMs = reader.signed()
  if (!Object.is(timeMs, -0)) {
    const date = new Date(timeMs)
    if (Number.isNaN(date.getTime())) throw new DecodeFault('a date is out of range')
    return date
  }
  if (!allowNonFinite) throw new InvalidValue('an invalid date is not allowed')
  return new Date(Number.NaN)
}

function readTypedArray(source: ValueSource): unknown {
  const number = source.reader.u8()
  const name = typedArrayNames[number]
  if (name === undefined) throw new DecodeFault(`there is no typed array ${number}`)
  const bytes = source.reader.block()
  if (bytes.length % elementSize(name) !== 0) throw new DecodeFault(`a ${name} has ${bytes.length} bytes`)
  const array = typedArrayOver(name, ownBuffer(bytes))
  if (array instanceof Float32Array || array instanceof Float64Array) {
    for (const value of array) checkFinite(source, value)
  }
  return array
}

function readInstance({ reader, instances }: ValueSource): unknown {
  const number = reader.varint()
  if (number >= instances.length) throw new DecodeFault(`there is no instance ${number} in the table`)
  return instances[number]
}

/** A copy: the frame may not live on inside a value, and typed arrays need aligned bytes. */
function ownBuffer(view: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(view.length)
  new Uint8Array(copy).set(view)
  return copy
}
