import { type PropertyType, Vector2, Vector3 } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { readCFrame, readColor3, readVector2, readVector3 } from '../values/geometry-codec.ts'
import { readPlain } from '../values/value-reader.ts'
import { readSteps } from './steps-codec.ts'

/** The other direction of `writeProperty`; a reference is the target's id, or null. */
export function readProperty(reader: ByteReader, type: PropertyType<unknown>): unknown {
  const { precision } = type
  switch (type.kind) {
    case 'float32':
      return precision === null ? readSingle(reader) : Math.fround(readSteps(reader, precision))
    case 'float':
      return precision === null ? reader.finite() : readSteps(reader, precision)
    case 'int':
      return reader.signed()
    case 'bool':
      return reader.flag()
    case 'string':
      return reader.text()
    case 'oneOf':
      return readChoice(reader, type)
    case 'vector2':
      if (precision === null) return readVector2(reader)
      return new Vector2(readSteps(reader, precision), readSteps(reader, precision))
    case 'vector3':
      if (precision === null) return readVector3(reader)
      return new Vector3(
        readSteps(reader, precision),
        readSteps(reader, precision),
        readSteps(reader, precision),
      )
    case 'cframe':
      return readCFrame(reader)
    case 'color3':
      return readColor3(reader)
    case 'reference': {
      const id = reader.varint()
      return id === 0 ? null : id
    }
    case 'nested':
      return readPlain(reader)
  }
}

function readSingle(reader: ByteReader): number {
  const value = reader.f32()
  if (!Number.isFinite(value)) throw new DecodeFault('a number is not finite')
  return value
}

function readChoice(reader: ByteReader, { choices }: PropertyType<unknown>): string {
  const number = reader.varint()
  const choice = choices?.[number]
  if (choice === undefined) throw new DecodeFault(`there is no choice ${number}`)
  return choice
}
