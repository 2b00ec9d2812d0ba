import { CFrame, Color3, type PropertyType, Vector2, Vector3 } from '@banyan/datamodel'
import { ProtocolError } from '../../errors.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { writeCFrame, writeColor3, writeVector2, writeVector3 } from '../values/geometry-codec.ts'
import { writePlain } from '../values/value-writer.ts'
import { writeSingleSteps, writeSteps } from './steps-codec.ts'

/** Writes a property's value in the form of its type, which both sides know. Throws `unencodable` for a value of another type. */
export function writeProperty(writer: ByteWriter, type: PropertyType<unknown>, value: unknown): void {
  const { precision } = type
  switch (type.kind) {
    case 'float32': {
      const number = expectNumber(type, value)
      return precision === null ? writer.f32(number) : writeSingleSteps(writer, number, precision)
    }
    case 'float': {
      const number = expectNumber(type, value)
      return precision === null ? writer.f64(number) : writeSteps(writer, number, precision)
    }
    case 'int':
      return writer.signed(expectNumber(type, value))
    case 'bool':
      return writer.u8(value === true ? 1 : 0)
    case 'string':
      if (typeof value !== 'string') throw mismatch(type, value)
      return writer.text(value)
    case 'oneOf':
      return writeChoice(writer, type, value)
    case 'vector2':
      if (!(value instanceof Vector2)) throw mismatch(type, value)
      if (precision === null) return writeVector2(writer, value)
      writeSteps(writer, value.x, precision)
      return writeSteps(writer, value.y, precision)
    case 'vector3':
      if (!(value instanceof Vector3)) throw mismatch(type, value)
      if (precision === null) return writeVector3(writer, value)
      writeSteps(writer, value.x, precision)
      writeSteps(writer, value.y, precision)
      return writeSteps(writer, value.z, precision)
    case 'cframe':
      if (!(value instanceof CFrame)) throw mismatch(type, value)
      return writeCFrame(writer, value)
    case 'color3':
      if (!(value instanceof Color3)) throw mismatch(type, value)
      return writeColor3(writer, value)
    case 'reference':
      return writer.varint(value === null ? 0 : expectNumber(type, value))
    case 'nested':
      return writePlain(writer, value, 'value')
  }
}

function writeChoice(writer: ByteWriter, type: PropertyType<unknown>, value: unknown): void {
  const number = typeof value === 'string' ? type.choices?.indexOf(value) : undefined
  if (number === undefined || number < 0) throw mismatch(type, value)
  writer.varint(number)
}

function expectNumber(type: PropertyType<unknown>, value: unknown): number {
  if (typeof value === 'number') return value
  throw mismatch(type, value)
}

function mismatch({ kind }: PropertyType<unknown>, value: unknown): ProtocolError {
  return new ProtocolError(
    'unencodable',
    `cannot write a ${typeof value} as a property of type "${kind}": it is of another type. Encode operations with the definition that they were made with.`,
  )
}
