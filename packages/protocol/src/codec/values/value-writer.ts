import {
  type ArgumentKind,
  type AttributeValue,
  argumentDepthCap,
  argumentKind,
  type CFrame,
  type Color3,
  DataModelError,
  type Instance,
  isPrototypeKey,
  type Vector2,
  type Vector3,
} from '@banyan/datamodel'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import type { TextWriter } from '../operations/segment-texts.ts'
import { writeCFrame, writeColor3, writeVector2, writeVector3 } from './geometry-codec.ts'
import { writeBigint, writeDate, writeNumber, writeText, writeTypedArray } from './scalar-writer.ts'
import { formatPath, keysOfMap, type ValuePath, valuesOfMap } from './value-path.ts'
import { shortTag, type ValueScope, valueTag } from './value-tag.ts'

/** Where a value goes, and what errors say about it. */
export interface ValueTarget {
  readonly writer: ByteWriter
  /** What errors call the whole, as in "args[0].items[2]". */
  readonly name: string
  readonly scope: ValueScope
  /** Of a segment, which tells each key once; null elsewhere. */
  readonly texts: TextWriter | null
  /** The number of an instance in the table beside the bytes. */
  numberOf(instance: Instance): number
  readonly path: ValuePath
  depth: number
}

/** Writes a value so that it describes itself. Throws DataModelError 'invalidArgument' with the path of what cannot travel. */
export function writeValue(target: ValueTarget, value: unknown): void {
  const { writer } = target
  // The commonest first, by the cheapest test.
  if (typeof value === 'string') return writeText(writer, value)
  if (typeof value === 'number' && target.scope === 'argument') return writeNumber(writer, value)
  const kind = argumentKind(value)
  if (target.scope !== 'argument') checkScope(target, kind, value)
  switch (kind) {
    case 'number':
      return writeNumber(writer, value as number)
    case 'string':
      return writeText(writer, value as string)
    case 'undefined':
    case 'null':
      return writer.u8(valueTag.null)
    case 'boolean':
      return writer.u8(value === true ? valueTag.true : valueTag.false)
    case 'bigint':
      return writeBigint(writer, value as bigint)
    case 'array':
    case 'object':
    case 'map':
    case 'set':
      return writeContainer(target, value as Container)
    case 'date':
      return writeDate(writer, value as Date)
    case 'arrayBuffer':
      writer.u8(valueTag.arrayBuffer)
      return writer.block(new Uint8Array(value as ArrayBuffer))
    case 'typedArray':
      return writeTypedArray(writer, value as ArrayBufferView)
    case 'vector2':
      writer.u8(valueTag.vector2)
      return writeVector2(writer, value as Vector2)
    case 'vector3':
      writer.u8(valueTag.vector3)
      return writeVector3(writer, value as Vector3)
    case 'cframe':
      writer.u8(valueTag.cframe)
      return writeCFrame(writer, value as CFrame)
    case 'color3':
      writer.u8(valueTag.color3)
      return writeColor3(writer, value as Color3)
    case 'instance':
      writer.u8(valueTag.instance)
      return writer.varint(target.numberOf(value as Instance))
    case 'unsupported':
      throw cannotTravel(target, `${describe(value)} cannot travel. Send plain data`)
  }
}

/** Writes plain data, which needs no table beside it. Throws as `writeValue` does, naming the whole `name`. */
export function writePlain(writer: ByteWriter, value: unknown, name: string): void {
  writeValue({ writer, name, scope: 'plain', texts: null, numberOf: noNumber, path: [], depth: 0 }, value)
}

/** As `writePlain`, in a segment: its keys are among the segment's texts. */
export function writeNested(
  { writer, texts }: Pick<ValueTarget, 'writer' | 'texts'>,
  value: unknown,
  name: string,
): void {
  writeValue({ writer, name, scope: 'plain', texts, numberOf: noNumber, path: [], depth: 0 }, value)
}

/** Writes an attribute's value, or null. */
export function writeAttributeValue(writer: ByteWriter, value: AttributeValue | null): void {
  writeValue(
    { writer, name: 'attribute', scope: 'attribute', texts: null, numberOf: noNumber, path: [], depth: 0 },
    value,
  )
}

function noNumber(): never {
  throw new Error('only arguments hold instances')
}

const scopeKinds: Readonly<Record<Exclude<ValueScope, 'argument'>, ReadonlySet<ArgumentKind>>> = {
  plain: new Set(['undefined', 'null', 'boolean', 'number', 'string', 'array', 'object']),
  attribute: new Set(['null', 'boolean', 'number', 'string', 'vector2', 'vector3', 'cframe', 'color3']),
}

function checkScope(target: ValueTarget, kind: ArgumentKind, value: unknown): void {
  const { scope } = target
  if (kind === 'number' && !Number.isFinite(value))
    throw cannotTravel(target, `${String(value)} cannot travel here. Send a finite number`)
  if (scope === 'argument' || scopeKinds[scope].has(kind)) return
  throw cannotTravel(target, `${describe(value)} cannot travel here. Send plain data`)
}

type Container = readonly unknown[] | ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | object

function writeContainer(target: ValueTarget, value: Container): void {
  if (target.depth >= argumentDepthCap) {
    throw cannotTravel(
      target,
      `it lies more than ${argumentDepthCap} levels deep or contains itself. Send flatter data without cycles`,
    )
  }
  target.depth++
  if (Array.isArray(value)) writeArray(target, value)
  else if (value instanceof Map) writeMap(target, value)
  else if (value instanceof Set) writeSet(target, value)
  else writeRecord(target, value)
  target.depth--
}

function writeArray(target: ValueTarget, items: readonly unknown[]): void {
  writeCount(target.writer, items.length, shortTag.array, valueTag.array)
  // By index, so that holes are written as null.
  for (let index = 0; index < items.length; index++) {
    target.path.push(index)
    writeValue(target, items[index])
    target.path.pop()
  }
}

function writeRecord(target: ValueTarget, record: object): void {
  const entries: [string, unknown][] = []
  for (const key of Reflect.ownKeys(record)) {
    if (typeof key === 'symbol') throw cannotTravel(target, 'it has a symbol as a key. Use strings')
    if (isPrototypeKey(key)) throw cannotTravel(target, `it has the key ${key}. Use another name`)
    const value: unknown = Reflect.get(record, key)
    if (value !== undefined) entries.push([key, value])
  }
  writeCount(target.writer, entries.length, shortTag.object, valueTag.object)
  for (const [key, value] of entries) {
    if (target.texts === null) target.writer.text(key)
    else target.texts.write(key)
    target.path.push(key)
    writeValue(target, value)
    target.path.pop()
  }
}

function writeMap(target: ValueTarget, map: ReadonlyMap<unknown, unknown>): void {
  target.writer.u8(valueTag.map)
  target.writer.varint(map.size)
  let position = 0
  for (const [key, value] of map) {
    writePart(target, key, [keysOfMap, position])
    writePart(target, value, [valuesOfMap, position])
    position++
  }
}

function writeSet(target: ValueTarget, set: ReadonlySet<unknown>): void {
  target.writer.u8(valueTag.set)
  target.writer.varint(set.size)
  let position = 0
  for (const value of set) writePart(target, value, [valuesOfMap, position++])
}

function writePart(target: ValueTarget, value: unknown, steps: ValuePath): void {
  target.path.push(...steps)
  writeValue(target, value)
  target.path.length -= steps.length
}

function writeCount(writer: ByteWriter, count: number, shortForm: number, longForm: number): void {
  if (count < 0x10) return writer.u8(shortForm | count)
  writer.u8(longForm)
  writer.varint(count)
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`
  return `an instance of ${value.constructor?.name ?? 'an unknown class'}`
}

function cannotTravel({ name, path }: ValueTarget, why: string): DataModelError {
  return new DataModelError('invalidArgument', `cannot send "${name}${formatPath(path)}": ${why}.`)
}
