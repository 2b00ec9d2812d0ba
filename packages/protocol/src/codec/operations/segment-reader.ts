import type {
  AttributeValue,
  Create,
  Operation,
  PropertyEntry,
  PropertyType,
  TreeDefinition,
} from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../bytes/decoded.ts'
import { readAttributeValue } from '../values/value-reader.ts'
import { readEdits } from './edit-codec.ts'
import { createExtra, idCap, operationTag, operationTagSpace } from './operation-tag.ts'
import { readProperty } from './property-reader.ts'

interface Segment {
  readonly reader: ByteReader
  readonly definition: TreeDefinition
  readonly operations: Operation[]
  /** Is told the class of what is set or made. */
  readonly classOf: Map<number, number> | null
  lastId: number
}

/** The properties that each instance of a run has, in the order of the run. */
interface Columns {
  readonly classNumber: number
  readonly indexes: readonly number[]
  readonly types: readonly PropertyType<unknown>[]
}

/** The other direction of `encodeSegment`. Never throws. The classes of what is set or made are noted in `classOf`. */
export function decodeSegment(
  definition: TreeDefinition,
  bytes: Uint8Array,
  classOf: Map<number, number> | null = null,
): Decoded<readonly Operation[]> {
  return decodeWhole(bytes, (reader) => {
    const segment: Segment = { reader, definition, operations: [], classOf, lastId: 0 }
    while (reader.remaining > 0) readRun(segment)
    return segment.operations
  })
}

/** Reads runs to the end of the bytes and appends their operations. */
export function readSegment(definition: TreeDefinition, reader: ByteReader, operations: Operation[]): void {
  const segment: Segment = { reader, definition, operations, classOf: null, lastId: 0 }
  while (reader.remaining > 0) readRun(segment)
}

function readRun(segment: Segment): void {
  const { reader } = segment
  const start = reader.varint()
  const tag = start % operationTagSpace
  const count = Math.floor(start / operationTagSpace) + 1
  if (count > reader.remaining) throw new DecodeFault(`a run of ${count} is more than the bytes hold`)
  switch (tag) {
    case operationTag.set:
      return readSets(segment, count)
    case operationTag.create:
      return readCreates(segment, count)
    default:
      for (let index = 0; index < count; index++) segment.operations.push(readSingle(segment, tag))
  }
}

function readSets(segment: Segment, count: number): void {
  const columns = readColumns(segment, segment.reader.varint())
  for (let index = 0; index < count; index++) {
    const id = readId(segment)
    segment.classOf?.set(id, columns.classNumber)
    segment.operations.push({ kind: 'set', id, properties: readProperties(segment.reader, columns) })
  }
}

function readCreates(segment: Segment, count: number): void {
  const { reader } = segment
  const classNumber = reader.varint()
  const parent = reader.varint()
  const extras = reader.u8()
  if (extras > (createExtra.attributes | createExtra.tags))
    throw new DecodeFault(`there are no extras ${extras}`)
  const columns = readColumns(segment, classNumber)
  let order = 0
  for (let index = 0; index < count; index++) {
    const id = readId(segment)
    segment.classOf?.set(id, classNumber)
    order += reader.signed()
    if (order < 0 || order >= idCap) throw new DecodeFault(`there is no order key ${order}`)
    const name = reader.text()
    const properties = readProperties(reader, columns)
    const attributes = (extras & createExtra.attributes) === 0 ? {} : readAttributes(reader)
    const tags = (extras & createExtra.tags) === 0 ? [] : readTexts(reader)
    segment.operations.push({
      kind: 'create',
      id,
      classNumber,
      parent,
      order,
      name,
      properties,
      attributes,
      tags,
    } satisfies Create)
  }
}

function readSingle(segment: Segment, tag: number): Operation {
  const { reader } = segment
  const id = readId(segment)
  switch (tag) {
    case operationTag.remove:
      return { kind: 'remove', id }
    case operationTag.move:
      return { kind: 'move', id, parent: reader.varint(), order: reader.varint() }
    case operationTag.rename:
      return { kind: 'rename', id, name: reader.text() }
    case operationTag.edit:
      return { kind: 'edit', id, property: reader.varint(), edits: readEdits(reader) }
    case operationTag.attribute:
      return { kind: 'attribute', id, name: readAttributeName(reader), value: readAttributeValue(reader) }
    case operationTag.tags:
      return { kind: 'tags', id, tags: readTexts(reader) }
    default:
      throw new DecodeFault(`there is no operation ${tag}`)
  }
}

function readId(segment: Segment): number {
  const id = segment.lastId + segment.reader.signed()
  if (id < 1 || id >= idCap) throw new DecodeFault(`there is no id ${id}`)
  segment.lastId = id
  return id
}

function readColumns({ reader, definition }: Segment, classNumber: number): Columns {
  const properties = definition.classes[classNumber]?.schema.properties
  if (properties === undefined) throw new DecodeFault(`there is no class ${classNumber}`)
  const indexes: number[] = []
  const types: PropertyType<unknown>[] = []
  const count = reader.count()
  for (let at = 0; at < count; at++) {
    const index = reader.varint()
    const property = properties[index]
    if (property === undefined) throw new DecodeFault(`class ${classNumber} has no property ${index}`)
    indexes.push(index)
    types.push(property.type)
  }
  return { classNumber, indexes, types }
}

function readProperties(reader: ByteReader, { indexes, types }: Columns): readonly PropertyEntry[] {
  const entries: PropertyEntry[] = []
  for (let at = 0; at < types.length; at++) {
    const [index, type] = [indexes[at], types[at]]
    if (index !== undefined && type !== undefined) entries.push([index, readProperty(reader, type)])
  }
  return entries
}

function readAttributes(reader: ByteReader): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {}
  const count = reader.count(2)
  for (let index = 0; index < count; index++) {
    const name = readAttributeName(reader)
    if (Object.hasOwn(attributes, name)) throw new DecodeFault('an attribute comes twice')
    const value = readAttributeValue(reader)
    if (value === null) throw new DecodeFault('an attribute is null')
    attributes[name] = value
  }
  return attributes
}

/** The one name that an assignment would not make a property of; the others are harmless as own properties. */
function readAttributeName(reader: ByteReader): string {
  const name = reader.text()
  if (name === '__proto__') throw new DecodeFault('an attribute is called __proto__')
  return name
}

function readTexts(reader: ByteReader): readonly string[] {
  const count = reader.count()
  const texts: string[] = []
  for (let index = 0; index < count; index++) texts.push(reader.text())
  return texts
}
