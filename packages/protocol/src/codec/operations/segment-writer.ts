import type { AttributeValue, Create, Operation, TreeDefinition } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { planInts, writeInts } from '../columns/int-column.ts'
import { writeAttributeValue } from '../values/value-writer.ts'
import { writeEdits } from './edit-codec.ts'
import { createExtra, idWidth, operationTag, operationTagSpace } from './operation-tag.ts'
import { type LookBefore, type PropertyTarget, writeProperties } from './properties-writer.ts'
import { type ClassNumberOf, type Run, runsOf } from './run.ts'
import { createTextWriter } from './segment-texts.ts'

/** What an encoder has to know beside the operations. */
export interface SegmentContext {
  /** Asked for each `set`; creations alone do without it. */
  readonly classNumberOf?: ClassNumberOf
  /** It may make the segment shorter; left out, nothing is known. */
  readonly lookBefore?: LookBefore
}

/** What an operation takes, by rule of thumb: small buffers cost much less than large ones. */
const operationBytes = 16

interface Segment extends PropertyTarget {
  /** Ids are written as differences, since neighbors change together. */
  lastId: number
}

/**
 * Encodes the operations that one audience shares, once for all receivers. No two of them write the same, edits apart:
 * they are brought into another order, edits and what else is alike keeping theirs.
 */
export function encodeSegment(
  definition: TreeDefinition,
  operations: readonly Operation[],
  classNumberOf: ClassNumberOf = unknownClass,
): Uint8Array {
  return encodeChanges(definition, operations, { classNumberOf })
}

/** As `encodeSegment`, for receivers of whom more is known than the classes of what they have. */
export function encodeChanges(
  definition: TreeDefinition,
  operations: readonly Operation[],
  { classNumberOf = unknownClass, lookBefore = unknownBefore }: SegmentContext,
): Uint8Array {
  const writer = new ByteWriter(Math.min(48 + operations.length * operationBytes, 1024))
  const texts = createTextWriter(writer)
  const segment: Segment = { writer, texts, definition, lookBefore, lastId: 0 }
  for (const run of runsOf(operations, classNumberOf)) writeRun(segment, run)
  return writer.finish()
}

function writeRun(segment: Segment, run: Run): void {
  const { writer } = segment
  const { kind, operations, classNumber } = run
  writer.varint((operations.length - 1) * operationTagSpace + operationTag[kind])
  const hasClass = kind === 'set' || kind === 'shift' || kind === 'create'
  if (hasClass) writer.varint(classNumber)
  writeIds(segment, operations)
  if (kind === 'create') writeCreates(segment, run)
  else if (hasClass) writeProperties(segment, run)
  else for (const operation of operations) writeRow(segment, operation)
}

function writeIds(segment: Segment, operations: readonly Operation[]): void {
  const [{ id } = { id: 0 }] = operations
  segment.writer.signed(id - segment.lastId)
  segment.lastId = id
  if (operations.length === 1) return
  const others: number[] = []
  for (let at = 1; at < operations.length; at++) {
    const next = operations[at]?.id ?? 0
    others.push(next - segment.lastId)
    segment.lastId = next
  }
  writeInts(segment.writer, others, planInts(others, idWidth))
}

function writeCreates(segment: Segment, run: Run): void {
  const { writer, texts } = segment
  const parents: number[] = []
  const orders: number[] = []
  let lastOrder = 0
  let extras = 0
  for (const create of run.operations) {
    if (create.kind !== 'create') continue
    parents.push(create.parent)
    orders.push(create.order - lastOrder)
    lastOrder = create.order
    if (create.tags.length > 0) extras |= createExtra.tags
    if (hasKeys(create.attributes)) extras |= createExtra.attributes
  }
  writeInts(writer, parents, planInts(parents))
  const [first = 0] = orders
  const others = orders.slice(1)
  writer.signed(first)
  writeInts(writer, others, planInts(others))
  for (const create of run.operations) if (create.kind === 'create') texts.write(create.name)
  writeProperties(segment, run)
  writer.u8(extras)
  if (extras === 0) return
  const creates = run.operations.filter(isCreate)
  if ((extras & createExtra.attributes) !== 0)
    for (const { attributes } of creates) writeAttributes(segment, Object.entries(attributes))
  if ((extras & createExtra.tags) !== 0) for (const { tags } of creates) writeTexts(segment, tags)
}

function hasKeys(attributes: Create['attributes']): boolean {
  for (const name in attributes) if (Object.hasOwn(attributes, name)) return true
  return false
}

function isCreate(operation: Operation): operation is Create {
  return operation.kind === 'create'
}

function writeAttributes(
  { writer, texts }: Segment,
  entries: readonly (readonly [string, AttributeValue])[],
): void {
  writer.varint(entries.length)
  for (const [name, value] of entries) {
    texts.write(name)
    writeAttributeValue(writer, value)
  }
}

/** What stands behind the ids, operation by operation. */
function writeRow(segment: Segment, operation: Operation): void {
  const { writer, texts } = segment
  switch (operation.kind) {
    case 'move':
      writer.varint(operation.parent)
      return writer.varint(operation.order)
    case 'rename':
      return texts.write(operation.name)
    case 'edit':
      writer.varint(operation.property)
      return writeEdits(segment, operation.edits)
    case 'attribute':
      texts.write(operation.name)
      return writeAttributeValue(writer, operation.value)
    case 'tags':
      return writeTexts(segment, operation.tags)
    case 'remove':
    case 'set':
    case 'shift':
    case 'create':
  }
}

function writeTexts({ writer, texts }: Segment, list: readonly string[]): void {
  writer.varint(list.length)
  for (const text of list) texts.write(text)
}

function unknownBefore(): null {
  return null
}

function unknownClass(id: number): never {
  throw new ProtocolError(
    'unencodable',
    `cannot encode a change of instance ${id}: its class is not known. Pass classNumberOf.`,
  )
}
