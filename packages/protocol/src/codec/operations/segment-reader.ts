import type { AttributeValue, Operation, TreeDefinition } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../bytes/decoded.ts'
import { readInts } from '../columns/int-column.ts'
import { readAttributeValue } from '../values/value-reader.ts'
import { readEdits } from './edit-codec.ts'
import { createExtra, idCap, idWidth, operationTag, operationTagSpace } from './operation-tag.ts'
import { type PropertySource, readProperties } from './properties-reader.ts'
import { createTextReader } from './segment-texts.ts'

interface Segment extends PropertySource {
  readonly operations: Operation[]
  /** Creations of the runs so far. */
  readonly creates: Operation[]
  /** Is told the class of what is set or made. */
  readonly classOf: Map<number, number> | null
  createRuns: number
  lastId: number
}

/** The other direction of `encodeSegment`. Never throws. The classes of what is set or made are noted in `classOf`. */
export function decodeSegment(
  definition: TreeDefinition,
  bytes: Uint8Array,
  classOf: Map<number, number> | null = null,
): Decoded<readonly Operation[]> {
  return decodeWhole(bytes, (reader) => {
    const operations: Operation[] = []
    readRuns({ reader, definition, classOf }, operations)
    return operations
  })
}

/** Reads runs to the end of the bytes and appends their operations, creations first. */
export function readSegment(definition: TreeDefinition, reader: ByteReader, operations: Operation[]): void {
  readRuns({ reader, definition, classOf: null }, operations)
}

function readRuns(source: Pick<Segment, 'reader' | 'definition' | 'classOf'>, operations: Operation[]): void {
  const { reader } = source
  const segment: Segment = {
    ...source,
    texts: createTextReader(reader),
    operations: [],
    creates: [],
    createRuns: 0,
    lastId: 0,
  }
  while (reader.remaining > 0) readRun(segment)
  const { creates, createRuns } = segment
  // Of several classes, those who hear of them hear in the order in which they came to be.
  if (createRuns > 1) creates.sort((one, other) => one.id - other.id)
  for (const create of creates) operations.push(create)
  for (const operation of segment.operations) operations.push(operation)
}

function readRun(segment: Segment): void {
  const { reader } = segment
  const start = reader.varint()
  const tag = start % operationTagSpace
  const count = Math.floor(start / operationTagSpace) + 1
  if (count * idWidth > reader.remaining * 8)
    throw new DecodeFault(`a run of ${count} is more than the bytes hold`)
  switch (tag) {
    case operationTag.set:
      return readSets(segment, count)
    case operationTag.create:
      return readCreates(segment, count)
    default:
      for (const id of readIds(segment, count)) segment.operations.push(readRow(segment, tag, id))
  }
}

function readIds(segment: Segment, count: number): number[] {
  const { reader } = segment
  let id = segment.lastId + reader.signed()
  const ids = [id]
  for (const difference of readInts(reader, count - 1, idWidth)) {
    id += difference
    ids.push(id)
  }
  for (const each of ids) if (each < 1 || each >= idCap) throw new DecodeFault(`there is no id ${each}`)
  segment.lastId = id
  return ids
}

function readSets(segment: Segment, count: number): void {
  const { reader, operations, classOf } = segment
  const classNumber = reader.varint()
  const ids = readIds(segment, count)
  const nextRow = readProperties(segment, classNumber, count)
  for (const id of ids) {
    classOf?.set(id, classNumber)
    const { entries, shifts } = nextRow()
    if (entries.length > 0 || shifts.length === 0) operations.push({ kind: 'set', id, properties: entries })
    if (shifts.length > 0) operations.push({ kind: 'shift', id, classNumber, properties: shifts })
  }
}

function readCreates(segment: Segment, count: number): void {
  const { reader, texts, creates, classOf } = segment
  segment.createRuns += 1
  const classNumber = reader.varint()
  const ids = readIds(segment, count)
  const parents = readInts(reader, count)
  const orders = readOrders(reader, count)
  const names: string[] = []
  for (let row = 0; row < count; row++) names.push(texts.read())
  const nextRow = readProperties(segment, classNumber, count)
  const extras = reader.u8()
  if (extras > (createExtra.attributes | createExtra.tags))
    throw new DecodeFault(`there are no extras ${extras}`)
  const attributes =
    (extras & createExtra.attributes) === 0 ? null : rowsOf(count, () => readAttributes(segment))
  const tags = (extras & createExtra.tags) === 0 ? null : rowsOf(count, () => readTexts(segment))
  for (const [row, id] of ids.entries()) {
    const parent = parents[row] ?? 0
    if (parent < 0 || parent >= idCap) throw new DecodeFault(`there is no parent ${parent}`)
    classOf?.set(id, classNumber)
    const { entries, shifts } = nextRow()
    if (shifts.length > 0) throw new DecodeFault('a creation is told in steps')
    creates.push({
      kind: 'create',
      id,
      classNumber,
      parent,
      order: orders[row] ?? 0,
      name: names[row] ?? '',
      properties: entries,
      attributes: attributes?.[row] ?? {},
      tags: tags?.[row] ?? [],
    })
  }
}

function rowsOf<Value>(count: number, read: () => Value): Value[] {
  const rows: Value[] = []
  for (let row = 0; row < count; row++) rows.push(read())
  return rows
}

function readOrders(reader: ByteReader, count: number): number[] {
  let order = reader.signed()
  const orders = [order]
  for (const difference of readInts(reader, count - 1)) {
    order += difference
    orders.push(order)
  }
  for (const each of orders)
    if (each < 0 || each >= idCap) throw new DecodeFault(`there is no order key ${each}`)
  return orders
}

function readRow(segment: Segment, tag: number, id: number): Operation {
  const { reader, texts } = segment
  switch (tag) {
    case operationTag.remove:
      return { kind: 'remove', id }
    case operationTag.move:
      return { kind: 'move', id, parent: reader.varint(), order: reader.varint() }
    case operationTag.rename:
      return { kind: 'rename', id, name: texts.read() }
    case operationTag.edit:
      return { kind: 'edit', id, property: reader.varint(), edits: readEdits(segment) }
    case operationTag.attribute:
      return { kind: 'attribute', id, name: readAttributeName(segment), value: readAttributeValue(reader) }
    case operationTag.tags:
      return { kind: 'tags', id, tags: readTexts(segment) }
    default:
      throw new DecodeFault(`there is no operation ${tag}`)
  }
}

function readAttributes(segment: Segment): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {}
  const count = segment.reader.count(2)
  for (let index = 0; index < count; index++) {
    const name = readAttributeName(segment)
    if (Object.hasOwn(attributes, name)) throw new DecodeFault('an attribute comes twice')
    const value = readAttributeValue(segment.reader)
    if (value === null) throw new DecodeFault('an attribute is null')
    attributes[name] = value
  }
  return attributes
}

/** The one name that an assignment would not make a property of; the others are harmless as own properties. */
function readAttributeName({ texts }: Segment): string {
  const name = texts.read()
  if (name === '__proto__') throw new DecodeFault('an attribute is called __proto__')
  return name
}

function readTexts({ reader, texts }: Segment): readonly string[] {
  const count = reader.count()
  const list: string[] = []
  for (let index = 0; index < count; index++) list.push(texts.read())
  return list
}
