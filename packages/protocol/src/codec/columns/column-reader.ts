import { Color3, type PropertyType, stepCountOf } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import type { TextReader } from '../operations/segment-texts.ts'
import { readNested } from '../values/value-reader.ts'
import { readFrames } from './frame-column.ts'
import { readInts } from './int-column.ts'
import { type ColumnHead, readJoined } from './joined-columns.ts'
import { numberForm } from './number-column.ts'
import { colorForm, partsOf } from './value-parts.ts'

/** Where columns come from. */
export interface ColumnSource {
  readonly reader: ByteReader
  readonly texts: TextReader
}

/** The values of a column, or for each part of them the steps that they lie from those before. */
export type ReadColumn =
  | { readonly kind: 'values'; readonly values: readonly unknown[] }
  | { readonly kind: 'steps'; readonly parts: readonly (readonly number[])[] }

/** Reads what a plan of `planColumn` wrote; a reference is the target's id, or null. */
export function readColumn(source: ColumnSource, type: PropertyType<unknown>, head: ColumnHead): ReadColumn {
  const { reader, texts } = source
  const { count } = head
  switch (type.kind) {
    case 'float32':
    case 'float':
    case 'vector2':
    case 'vector3':
      return readParts(reader, type, head)
    case 'cframe':
      if (head.form === numberForm.shift) return readParts(reader, type, head)
      return valuesOf(readFrames(reader, type, head))
    case 'color3':
      return valuesOf(readColors(reader, head))
    case 'bool':
      return valuesOf(readWhole(reader, type, head).map(flagOf))
    case 'int':
      return valuesOf(readWhole(reader, type, head))
    case 'oneOf':
      return valuesOf(readWhole(reader, type, head).map((number) => choiceOf(type, number)))
    case 'reference':
      return valuesOf(readWhole(reader, type, head).map(targetOf))
    case 'string':
      return valuesOf(readEach(reader, count, () => texts.read()))
    case 'nested':
      return valuesOf(readEach(reader, count, () => readNested(source)))
  }
}

function valuesOf(values: readonly unknown[]): ReadColumn {
  return { kind: 'values', values }
}

function readParts(reader: ByteReader, type: PropertyType<unknown>, head: ColumnHead): ReadColumn {
  const traits = partsOf(type)
  const { take, make } = traits
  const width = head.form === numberForm.shift ? stepCountOf(type) : take.length
  if (width === 0) throw new DecodeFault(`there is no shift of a ${type.kind} without a precision`)
  const parts = readJoined(reader, { head, traits, width })
  if (head.form === numberForm.shift) return { kind: 'steps', parts }
  const [x = [], y = [], z = []] = parts
  if (take.length === 1) return { kind: 'values', values: x }
  return { kind: 'values', values: x.map((first, at) => make(first, y[at] ?? 0, z[at] ?? 0)) }
}

function readWhole(
  reader: ByteReader,
  { kind }: PropertyType<unknown>,
  { form, count }: ColumnHead,
): number[] {
  if (form !== 0) throw new DecodeFault(`there is no form ${form} of a ${kind}`)
  return readInts(reader, count)
}

function flagOf(number: number): boolean {
  if (number > 1 || number < 0) throw new DecodeFault(`a flag is ${number}`)
  return number === 1
}

function choiceOf({ choices }: PropertyType<unknown>, number: number): string {
  const choice = choices?.[number]
  if (choice === undefined) throw new DecodeFault(`there is no choice ${number}`)
  return choice
}

function targetOf(id: number): number | null {
  if (id < 0) throw new DecodeFault(`there is no id ${id}`)
  return id === 0 ? null : id
}

function readColors(reader: ByteReader, { form, count }: ColumnHead): Color3[] {
  switch (form) {
    case colorForm.bytes:
      return readEach(reader, count, () => Color3.fromRGB(reader.u8(), reader.u8(), reader.u8()))
    case colorForm.doubles:
      return readEach(reader, count, () => new Color3(readPart(reader), readPart(reader), readPart(reader)))
    default:
      throw new DecodeFault(`there is no form ${form} of a color3`)
  }
}

function readPart(reader: ByteReader): number {
  const part = reader.finite()
  if (part < 0 || part > 1) throw new DecodeFault('a part of a color is not between 0 and 1')
  return part
}

/** So many values of at least a byte each. */
function readEach<Value>(reader: ByteReader, count: number, read: () => Value): Value[] {
  if (count > reader.remaining) throw new DecodeFault('the bytes end too early')
  const values: Value[] = []
  for (let index = 0; index < count; index++) values.push(read())
  return values
}
