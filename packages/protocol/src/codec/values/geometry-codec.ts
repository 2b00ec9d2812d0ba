import { CFrame, Color3, Vector2, Vector3 } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'

/** Two doubles. */
export function writeVector2(writer: ByteWriter, { x, y }: Vector2): void {
  writer.f64(x)
  writer.f64(y)
}

/** The other direction of `writeVector2`. */
export function readVector2(reader: ByteReader): Vector2 {
  return new Vector2(reader.finite(), reader.finite())
}

/** Three doubles. */
export function writeVector3(writer: ByteWriter, { x, y, z }: Vector3): void {
  writer.f64(x)
  writer.f64(y)
  writer.f64(z)
}

/** The other direction of `writeVector3`. */
export function readVector3(reader: ByteReader): Vector3 {
  return new Vector3(reader.finite(), reader.finite(), reader.finite())
}

/** A byte that tells whether a rotation follows the position: most parts are not turned. */
export function writeCFrame(writer: ByteWriter, { position, rotation }: CFrame): void {
  const isTurned = rotation.some((value, index) => !Object.is(value, CFrame.identity.rotation[index]))
  writer.u8(isTurned ? 1 : 0)
  writeVector3(writer, position)
  if (isTurned) for (const value of rotation) writer.f64(value)
}

/** The other direction of `writeCFrame`. */
export function readCFrame(reader: ByteReader): CFrame {
  const isTurned = reader.flag()
  const position = readVector3(reader)
  if (!isTurned) return new CFrame(position)
  return CFrame.fromComponents([
    position.x,
    position.y,
    position.z,
    ...Array.from({ length: 9 }, () => reader.finite()),
  ])
}

/** A byte that tells the form: a byte for each part where that is exact, else a double for each. */
export function writeColor3(writer: ByteWriter, { r, g, b }: Color3): void {
  const parts = [r, g, b]
  const isExact = parts.every((part) => Math.round(part * 255) / 255 === part)
  writer.u8(isExact ? 0 : 1)
  for (const part of parts) {
    if (isExact) writer.u8(Math.round(part * 255))
    else writer.f64(part)
  }
}

/** The other direction of `writeColor3`. */
export function readColor3(reader: ByteReader): Color3 {
  if (!reader.flag()) return Color3.fromRGB(reader.u8(), reader.u8(), reader.u8())
  return new Color3(readPart(reader), readPart(reader), readPart(reader))
}

function readPart(reader: ByteReader): number {
  const part = reader.finite()
  if (part < 0 || part > 1) throw new DecodeFault('a part of a color is not between 0 and 1')
  return part
}
