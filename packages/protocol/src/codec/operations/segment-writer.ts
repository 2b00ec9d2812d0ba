import type { AttributeValue, Create, Operation, Segment, TreeDefinition } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import { ByteWriter } from '../bytes/byte-writer.ts'
import { planInts, writeInts } from '../columns/int-column.ts'
import { writeAttributeValue } from '../values/value-writer.ts'
import { writeEdits } from './edit-codec.ts'
import { createExtra, idWidth, operationTag, operationTagSpace } from './operation-tag.ts'
import { type PropertyTarget, writeProperties } from './properties-writer.ts'
import { type ClassNumberOf, type Run, runsOf } from './run.ts'
import { createTextWriter } from './segment-texts.ts'
import { runsOfSets } from './set-runs.ts'

/** What a change takes, by rule of thumb: small buffers cost much less than large ones. */
const rowBytes = 16

/** Where a segment goes. */
interface Told extends PropertyTarget {
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
  return encodeRuns(definition, runsOf(operations, classNumberOf))
}

/** As `encodeSegment`, of what one commit changed: without an operation for each write, and shorter where `before` is known. */
export function encodeCommitted(
  definition: TreeDefinition,
  { rest, runs }: Pick<Segment, 'rest' | 'runs'>,
): Uint8Array {
  return encodeRuns(definition, [...runsOfSets(definition, runs), ...runsOf(rest, unknownClass)])
}

function encodeRuns(definition: TreeDefinition, runs: readonly Run[]): Uint8Array {
  const rows = runs.reduce((sum, { ids }) => sum + ids.length, 0)
  const writer = new ByteWriter(Math.min(48 + rows * rowBytes, 1024))
  const told: Told = { writer, texts: createTextWriter(writer), definition, lastId: 0 }
  for (const run of runs) writeRun(told, run)
  return writer.finish()
}

function writeRun(told: Told, run: Run): void {
  const { writer } = told
  const { kind, ids, operations, classNumber } = run
  writer.varint((ids.length - 1) * operationTagSpace + operationTag[kind])
  const hasClass = kind === 'set' || kind === 'shift' || kind === 'create'
  if (hasClass) writer.varint(classNumber)
  writeIds(told, ids)
  if (kind === 'create') writeCreates(told, run)
  else if (hasClass) writeProperties(told, run)
  else for (const operation of operations) writeRow(told, operation)
}

function writeIds(told: Told, ids: readonly number[]): void {
  const [id = 0] = ids
  told.writer.signed(id - told.lastId)
  told.lastId = id
  if (ids.length === 1) return
  const others: number[] = []
  for (let at = 1; at < ids.length; at++) {
    const next = ids[at] ?? 0
    others.push(next - told.lastId)
    told.lastId = next
  }
  writeInts(told.writer, others, planInts(others, idWidth))
}

function writeCreates(told: Told, run: Run): void {
  const { writer, texts } = told
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
  writeProperties(told, run)
  writer.u8(extras)
  if (extras === 0) return
  const creates = run.operations.filter(isCreate)
  if ((extras & createExtra.attributes) !== 0)
    for (const { attributes } of creates) writeAttributes(told, Object.entries(attributes))
  if ((extras & createExtra.tags) !== 0) for (const { tags } of creates) writeTexts(told, tags)
}

function hasKeys(attributes: Create['attributes']): boolean {
  for (const name in attributes) if (Object.hasOwn(attributes, name)) return true
  return false
}

function isCreate(operation: Operation): operation is Create {
  return operation.kind === 'create'
}

function writeAttributes(
  { writer, texts }: Told,
  entries: readonly (readonly [string, AttributeValue])[],
): void {
  writer.varint(entries.length)
  for (const [name, value] of entries) {
    texts.write(name)
    writeAttributeValue(writer, value)
  }
}

/** What stands behind the ids, operation by operation. */
function writeRow(told: Told, operation: Operation): void {
  const { writer, texts } = told
  switch (operation.kind) {
    case 'move':
      writer.varint(operation.parent)
      return writer.varint(operation.order)
    case 'rename':
      return texts.write(operation.name)
    case 'edit':
      writer.varint(operation.property)
      return writeEdits(told, operation.edits)
    case 'attribute':
      texts.write(operation.name)
      return writeAttributeValue(writer, operation.value)
    case 'tags':
      return writeTexts(told, operation.tags)
    case 'remove':
    case 'set':
    case 'shift':
    case 'create':
  }
}

function writeTexts({ writer, texts }: Told, list: readonly string[]): void {
  writer.varint(list.length)
  for (const text of list) texts.write(text)
}

function unknownClass(id: number): never {
  throw new ProtocolError(
    'unencodable',
    `cannot encode a change of instance ${id}: its class is not known. Pass classNumberOf.`,
  )
}
