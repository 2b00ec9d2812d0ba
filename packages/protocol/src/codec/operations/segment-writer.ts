import type { Create, Operation, PropertyEntry, PropertyType, TreeDefinition } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { writeAttributeValue } from '../values/value-writer.ts'
import { writeEdits } from './edit-codec.ts'
import { createExtra, operationTag, operationTagSpace } from './operation-tag.ts'
import { writeProperty } from './property-writer.ts'

/** Tells the class number of the instance that a `set` names. */
export type ClassNumberOf = (id: number) => number

interface Segment {
  readonly writer: ByteWriter
  readonly definition: TreeDefinition
  readonly classNumberOf: ClassNumberOf
  /** Ids are written as differences, since neighbors change together. */
  lastId: number
}

/** What the operations of a run share. */
interface Run {
  readonly first: Operation
  /** Of `set` and `create`; 0 and empty else. */
  readonly classNumber: number
  readonly types: readonly PropertyType<unknown>[]
  /** Order keys of creations are differences too. */
  lastOrder: number
}

/**
 * Encodes the operations that one audience shares, in their order, once for all receivers. `classNumberOf` is asked for
 * each `set`, whose properties are written in the form of their class; creations alone do without it.
 */
export function encodeSegment(
  definition: TreeDefinition,
  operations: readonly Operation[],
  classNumberOf: ClassNumberOf = unknownClass,
): Uint8Array {
  const segment: Segment = { writer: new ByteWriter(1024), definition, classNumberOf, lastId: 0 }
  let at = 0
  for (let first = operations[0]; first !== undefined; first = operations[at]) {
    const run = startRun(segment, first)
    const start = at
    do at++
    while (belongsTo(segment, run, operations[at]))
    segment.writer.varint((at - start - 1) * operationTagSpace + operationTag[first.kind])
    writeHead(segment.writer, run)
    for (let index = start; index < at; index++) writeItem(segment, run, operations[index] ?? first)
  }
  return segment.writer.finish()
}

function startRun({ definition, classNumberOf }: Segment, first: Operation): Run {
  if (first.kind !== 'set' && first.kind !== 'create')
    return { first, classNumber: 0, types: [], lastOrder: 0 }
  const classNumber = first.kind === 'set' ? classNumberOf(first.id) : first.classNumber
  const properties = definition.classes[classNumber]?.schema.properties ?? []
  const types = first.properties.map(([index]) => {
    const property = properties[index]
    if (property !== undefined) return property.type
    throw new ProtocolError(
      'unencodable',
      `cannot encode property ${index} of class ${classNumber}: the definition has none. Encode operations with the definition that they were made with.`,
    )
  })
  return { first, classNumber, types, lastOrder: 0 }
}

function belongsTo(
  { classNumberOf }: Segment,
  { first, classNumber }: Run,
  next: Operation | undefined,
): boolean {
  if (next === undefined || next.kind !== first.kind) return false
  if (next.kind === 'set' && first.kind === 'set') {
    return hasSameIndexes(first.properties, next.properties) && classNumberOf(next.id) === classNumber
  }
  if (next.kind === 'create' && first.kind === 'create') {
    return (
      next.classNumber === classNumber &&
      next.parent === first.parent &&
      hasSameIndexes(first.properties, next.properties) &&
      extrasOf(next) === extrasOf(first)
    )
  }
  return true
}

function hasSameIndexes(left: readonly PropertyEntry[], right: readonly PropertyEntry[]): boolean {
  if (left.length !== right.length) return false
  for (let at = 0; at < left.length; at++) if (left[at]?.[0] !== right[at]?.[0]) return false
  return true
}

function extrasOf({ attributes, tags }: Create): number {
  const hasAttributes = Object.keys(attributes).length > 0
  return (hasAttributes ? createExtra.attributes : 0) | (tags.length > 0 ? createExtra.tags : 0)
}

function writeHead(writer: ByteWriter, { first, classNumber }: Run): void {
  if (first.kind !== 'set' && first.kind !== 'create') return
  writer.varint(classNumber)
  if (first.kind === 'create') {
    writer.varint(first.parent)
    writer.u8(extrasOf(first))
  }
  writer.varint(first.properties.length)
  for (const [index] of first.properties) writer.varint(index)
}

function writeItem(segment: Segment, run: Run, operation: Operation): void {
  const { writer } = segment
  writer.signed(operation.id - segment.lastId)
  segment.lastId = operation.id
  switch (operation.kind) {
    case 'set':
      return writeProperties(writer, run, operation.properties)
    case 'create':
      return writeCreate(writer, run, operation)
    case 'remove':
      return
    case 'move':
      writer.varint(operation.parent)
      return writer.varint(operation.order)
    case 'rename':
      return writer.text(operation.name)
    case 'edit':
      writer.varint(operation.property)
      return writeEdits(writer, operation.edits)
    case 'attribute':
      writer.text(operation.name)
      return writeAttributeValue(writer, operation.value)
    case 'tags':
      return writeTexts(writer, operation.tags)
  }
}

function writeCreate(writer: ByteWriter, run: Run, create: Create): void {
  writer.signed(create.order - run.lastOrder)
  run.lastOrder = create.order
  writer.text(create.name)
  writeProperties(writer, run, create.properties)
  const attributes = Object.entries(create.attributes)
  if (attributes.length > 0) {
    writer.varint(attributes.length)
    for (const [name, value] of attributes) {
      writer.text(name)
      writeAttributeValue(writer, value)
    }
  }
  if (create.tags.length > 0) writeTexts(writer, create.tags)
}

function writeProperties(writer: ByteWriter, { types }: Run, properties: readonly PropertyEntry[]): void {
  for (let at = 0; at < types.length; at++) {
    const type = types[at]
    if (type !== undefined) writeProperty(writer, type, properties[at]?.[1])
  }
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.varint(texts.length)
  for (const text of texts) writer.text(text)
}

function unknownClass(id: number): never {
  throw new ProtocolError(
    'unencodable',
    `cannot encode a change of instance ${id}: its class is not known. Pass classNumberOf.`,
  )
}
