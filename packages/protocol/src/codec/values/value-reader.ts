import { type AttributeValue, argumentDepthCap, isPrototypeKey } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import type { TextReader } from '../operations/segment-texts.ts'
import { readCFrame, readColor3, readVector2, readVector3 } from './geometry-codec.ts'
import {
  checkFinite,
  type NumberScope,
  ownBuffer,
  readBigint,
  readDate,
  readTypedArray,
} from './scalar-reader.ts'
import { keysOfMap, type ValuePath, valuesOfMap } from './value-path.ts'
import { richTags, shortTag, type ValueScope, valueTag } from './value-tag.ts'

/** Where values come from, and what may be among them. */
export interface ValueSource extends NumberScope {
  readonly reader: ByteReader
  readonly scope: ValueScope
  /** Of a segment, which tells each key once; null elsewhere. */
  readonly texts: TextReader | null
  /** What the numbers of instances stand for; a number beyond it is a fault. */
  readonly instances: readonly unknown[]
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
  return readNested({ reader, texts: null })
}

/** The other direction of `writeNested`. */
export function readNested({ reader, texts }: Pick<ValueSource, 'reader' | 'texts'>): unknown {
  return readValue({
    reader,
    texts,
    scope: 'plain',
    instances: [],
    allowNonFinite: false,
    path: [],
    depth: 0,
  })
}

/** The other direction of `writeAttributeValue`. */
export function readAttributeValue(reader: ByteReader): AttributeValue | null {
  const source: ValueSource = {
    reader,
    scope: 'attribute',
    texts: null,
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
      return readDate(reader, source)
    case valueTag.map:
      return readMap(source)
    case valueTag.set:
      return readSet(source)
    case valueTag.arrayBuffer:
      return ownBuffer(reader.block())
    case valueTag.typedArray:
      return readTypedArray(reader, source)
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
    const key = source.texts === null ? source.reader.text() : source.texts.read()
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

function readInstance({ reader, instances }: ValueSource): unknown {
  const number = reader.varint()
  if (number >= instances.length) throw new DecodeFault(`there is no instance ${number} in the table`)
  return instances[number]
}
