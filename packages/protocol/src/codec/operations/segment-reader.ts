import {
  type AttributeValue,
  expandRuns,
  type Operation,
  type ToldRun,
  type TreeDefinition,
} from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { type Decoded, decodeWhole } from '../bytes/decoded.ts'
import { readInts } from '../columns/int-column.ts'
import { readAttributeValue } from '../values/value-reader.ts'
import { readEdits } from './edit-codec.ts'
import { createExtra, idCap, idWidth, operationTag, operationTagSpace } from './operation-tag.ts'
import { type PropertySource, readProperties } from './properties-reader.ts'
import { createTextReader } from './segment-texts.ts'

/** Reads runs to the end of the bytes. */
export function readRuns(definition: TreeDefinition, reader: ByteReader): readonly ToldRun[] {
  const segment = { reader, definition, texts: createTextReader(reader), lastId: 0 }
  const runs: ToldRun[] = []
  while (reader.remaining > 0) runs.push(readRun(segment))
  return runs
}

/** The other direction of `encodeSegment`. Never throws. The classes of what is set or made are noted in `classOf`. */
export function decodeSegment(
  definition: TreeDefinition,
  bytes: Uint8Array,
  classOf: Map<number, number> | null = null,
): Decoded<readonly Operation[]> {
  const runs = decodeWhole(bytes, (reader) => readRuns(definition, reader))
  if (!runs.ok) return runs
  if (classOf !== null) {
    for (const run of runs.value) {
      if (run.kind !== 'operations') for (const id of run.ids) classOf.set(id, run.classNumber)
    }
  }
  return { ok: true, value: expandRuns(runs.value) }
}

interface Segment extends PropertySource {
  lastId: number
}

function readRun(segment: Segment): ToldRun {
  const { reader } = segment
  const start = reader.varint()
  const tag = start % operationTagSpace
  const count = Math.floor(start / operationTagSpace) + 1
  if (count * idWidth > reader.remaining * 8)
    throw new DecodeFault(`a run of ${count} is more than the bytes hold`)
  if (tag === operationTag.set) return readSets(segment, count)
  if (tag === operationTag.create) return readCreates(segment, count)
  const ids = readIds(segment, count)
  return { kind: 'operations', operations: ids.map((id) => readRow(segment, tag, id)) }
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

function readSets(segment: Segment, count: number): ToldRun {
  const classNumber = segment.reader.varint()
  const ids = readIds(segment, count)
  return { kind: 'sets', classNumber, ids, columns: readProperties(segment, classNumber, count) }
}

function readCreates(segment: Segment, count: number): ToldRun {
  const { reader, texts } = segment
  const classNumber = reader.varint()
  const ids = readIds(segment, count)
  const parents = readInts(reader, count)
  for (const each of parents)
    if (each < 0 || each >= idCap) throw new DecodeFault(`there is no parent ${each}`)
  const orders = readOrders(reader, count)
  const names = rowsOf(count, () => texts.read())
  const columns = readProperties(segment, classNumber, count)
  if (columns.some(({ kind }) => kind === 'steps')) throw new DecodeFault('a creation is told in steps')
  const extras = reader.u8()
  if (extras > (createExtra.attributes | createExtra.tags))
    throw new DecodeFault(`there are no extras ${extras}`)
  const attributes =
    (extras & createExtra.attributes) === 0 ? null : rowsOf(count, () => readAttributes(segment))
  const tags = (extras & createExtra.tags) === 0 ? null : rowsOf(count, () => readTexts(segment))
  return { kind: 'creates', classNumber, ids, parents, orders, names, columns, attributes, tags }
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
