import type { CFrame } from '@banyan/datamodel'
import type { ByteReader } from '../bytes/byte-reader.ts'
import type { ByteWriter } from '../bytes/byte-writer.ts'
import { DecodeFault } from '../bytes/decode-fault.ts'
import { planInts, readInts, writeInts } from './int-column.ts'

type Rotation = CFrame['rotation']

/*
 * The 24 ways to stand squarely have a number: six axes for the first row, times four that are left for the second; the
 * third row is their product. Number 0 is no turn. Behind them come turns about x, y and z, which two numbers tell, and any other.
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
const turns: readonly ((cosine: number, sine: number) => Rotation)[] = [
  (c, s) => [1, 0, 0, 0, c, 0 - s, 0, s, c],
  (c, s) => [c, 0, s, 0, 1, 0, 0 - s, 0, c],
  (c, s) => [c, 0 - s, 0, s, c, 0, 0, 0, 1],
]
/** Where the two numbers stand in a turn of each kind. */
const cosineAt = [4, 0, 0]
const sineAt = [7, 2, 3]
const anyTurn = square.length + turns.length

/** Writes the rotations, each in the shortest form that keeps every bit. */
export function writeRotations(writer: ByteWriter, rotations: readonly Rotation[]): void {
  const numbers = rotations.map(numberOf)
  writeInts(writer, numbers, planInts(numbers))
  for (const [at, rotation] of rotations.entries()) {
    const number = numbers[at] ?? anyTurn
    if (number === anyTurn) writer.floats(rotation, 8)
    else if (number >= square.length) writer.floats(partsOf(rotation, number - square.length), 8)
  }
}

/** The other direction of `writeRotations`. The caller has checked that so many may come. */
export function readRotations(reader: ByteReader, count: number): Rotation[] {
  return readInts(reader, count).map((number) => {
    if (number === anyTurn) return reader.floats(9, 8) as readonly number[] as Rotation
    const rotation = square[number] ?? turns[number - square.length]?.(...readParts(reader))
    if (rotation === undefined) throw new DecodeFault(`there is no rotation ${number}`)
    return rotation
  })
}

function readParts(reader: ByteReader): [number, number] {
  return [reader.finite(), reader.finite()]
}

function numberOf(rotation: Rotation): number {
  const [first] = rotation
  if (Math.abs(first) === 1 || first === 0) {
    const number = squareNumbers.get(rotation.join())
    if (number !== undefined) return number
  }
  const axis = turns.findIndex((turn, at) => {
    const made = turn(...partsOf(rotation, at))
    return rotation.every((part, place) => part === made[place])
  })
  return axis < 0 ? anyTurn : square.length + axis
}

function partsOf(rotation: Rotation, axis: number): [number, number] {
  return [rotation[cosineAt[axis] ?? 0] ?? 0, rotation[sineAt[axis] ?? 0] ?? 0]
}
