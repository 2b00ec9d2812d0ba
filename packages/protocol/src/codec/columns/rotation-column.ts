import type { CFrame } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { planInts, readInts, writeInts } from './int-column.ts'

type Rotation = CFrame['rotation']

/*
 * The 24 ways to stand squarely have a number: six axes for the first row, times four that are left for the second; the
 * third row is their product. Number 0 is no turn. Behind them come a turn about y, which two numbers tell, and any other.
 */
const axes: readonly (readonly [number, number, number])[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [-1, 0, 0],
  [0, -1, 0],
  [0, 0, -1],
]
const square: readonly Rotation[] = axes.flatMap(([a, b, c], first) =>
  axes
    .filter((_, second) => second % 3 !== first % 3)
    .map(([d, e, f]): Rotation => {
      // Without negative zeros, as frames have none.
      return [a, b, c, d, e, f, b * f - c * e + 0, c * d - a * f + 0, a * e - b * d + 0]
    }),
)
const squareNumbers: ReadonlyMap<string, number> = new Map(
  square.map((rotation, number) => [rotation.join(), number]),
)
const turnAboutY = square.length
const anyTurn = square.length + 1

/** Writes the rotations, each in the shortest form that keeps every bit. */
export function writeRotations(writer: ByteWriter, rotations: readonly Rotation[]): void {
  const numbers = rotations.map(numberOf)
  writeInts(writer, numbers, planInts(numbers))
  for (const [at, rotation] of rotations.entries()) {
    if (numbers[at] === turnAboutY) {
      writer.f64(rotation[0])
      writer.f64(rotation[2])
    } else if (numbers[at] === anyTurn) {
      for (const part of rotation) writer.f64(part)
    }
  }
}

/** The other direction of `writeRotations`. The caller has checked that so many may come. */
export function readRotations(reader: ByteReader, count: number): Rotation[] {
  return readInts(reader, count).map((number) => {
    if (number === turnAboutY) return turnBy(reader.finite(), reader.finite())
    if (number === anyTurn) {
      return Array.from({ length: 9 }, () => reader.finite()) as readonly number[] as Rotation
    }
    const rotation = square[number]
    if (rotation === undefined) throw new DecodeFault(`there is no rotation ${number}`)
    return rotation
  })
}

function numberOf(rotation: Rotation): number {
  const [cosine, , sine] = rotation
  if (Math.abs(cosine) === 1 || Math.abs(sine) === 1 || cosine === 0) {
    const number = squareNumbers.get(rotation.join())
    if (number !== undefined) return number
  }
  const turn = turnBy(cosine, sine)
  return rotation.every((part, at) => part === turn[at]) ? turnAboutY : anyTurn
}

function turnBy(cosine: number, sine: number): Rotation {
  return [cosine, 0, sine, 0, 1, 0, 0 - sine, 0, cosine]
}
